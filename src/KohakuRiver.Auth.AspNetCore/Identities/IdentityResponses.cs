using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A sign-in of another authority that leads to an account.</summary>
internal sealed record IdentityResponse(
    [property: JsonPropertyName("id"), Description("The identity's id.")]
    long Id,
    [property: JsonPropertyName("provider")]
    [property: Description("Which sign-in it belongs to: scheme:NAME for an authentication scheme of the host.")]
    string Provider,
    [property: JsonPropertyName("title"), Description("What people know that sign-in as.")]
    string Title,
    [property: JsonPropertyName("issuer"), Description("Who vouches for the subject.")]
    string Issuer,
    [property: JsonPropertyName("subject"), Description("The person's id there.")]
    string Subject,
    [property: JsonPropertyName("login_name"), Description("The name there when it was linked; may be empty.")]
    string LoginName,
    [property: JsonPropertyName("linked_at"), Description("When it was linked.")]
    DateTimeOffset LinkedAt,
    [property: JsonPropertyName("last_login"), Description("When it was last used here, to the minute; null for never.")]
    DateTimeOffset? LastLogin);
