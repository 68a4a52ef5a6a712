using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Leaves the fields for admins out of what others get.</summary>
internal static class AdminFields
{
    /// <summary>For the metadata of every contract.</summary>
    internal static void LeaveOutForOthers(JsonTypeInfo contract)
    {
        foreach (var property in contract.Properties)
        {
            if (IsForAdmins(property))
            {
                property.ShouldSerialize = static (whole, _) => ((IHasAdminFields)whole).IsForAdmin;
            }
        }
    }

    internal static bool IsForAdmins(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(ForAdminsAttribute), inherit: false) == true;
}
