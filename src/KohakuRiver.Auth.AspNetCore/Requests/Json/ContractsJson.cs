using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The source-generated metadata of the contracts, each resource's own context under the strict options. The generated defaults of the
/// contexts do not have those.
/// </summary>
internal static class ContractsJson
{
    /// <summary>The contracts, read and written strictly.</summary>
    internal static JsonSerializerOptions Strict { get; } = Create();

    /// <summary>The metadata of a contract. Throws for a type that no resource lists.</summary>
    internal static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Strict.GetTypeInfo(typeof(T));

    /// <summary>
    /// The same for files that people read: letters of all languages as themselves. Not for what a browser might take for a page.
    /// </summary>
    internal static JsonTypeInfo<T> ReadableOf<T>() => (JsonTypeInfo<T>)Readable.GetTypeInfo(typeof(T));

    private static JsonSerializerOptions Readable { get; } = new(Strict) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonSerializerOptions Create()
    {
        var options = StrictOptions.Create();
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(
            MessageJson.Default,
            LoginJson.Default,
            AccountJson.Default,
            IdentityJson.Default,
            RegisterJson.Default,
            UserJson.Default,
            TokenJson.Default,
            InvitationJson.Default,
            GroupJson.Default,
            ApprovalJson.Default,
            VpsJson.Default,
            SettingsJson.Default,
            AuditJson.Default).WithAddedModifier(AdminFields.LeaveOutForOthers);
        options.MakeReadOnly();
        return options;
    }
}
