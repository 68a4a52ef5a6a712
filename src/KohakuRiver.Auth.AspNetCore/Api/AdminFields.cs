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
                property.ShouldSerialize = IsToldWhereTrue(property)
                    ? static (whole, value) => value is true || ((IHasAdminFields)whole).IsForAdmin
                    : static (whole, _) => ((IHasAdminFields)whole).IsForAdmin;
            }
        }
    }

    private static bool IsToldWhereTrue(JsonPropertyInfo property) =>
        property.AttributeProvider!.GetCustomAttributes(
            typeof(ForAdminsAttribute), inherit: false) is [ForAdminsAttribute { OrWhereTrue: true }];

    internal static bool IsForAdmins(JsonPropertyInfo property) =>
        property.AttributeProvider?.IsDefined(typeof(ForAdminsAttribute), inherit: false) == true;
}
