using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An API token in a list.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("id"), Description("The token's id.")]
    long Id,
    [property: JsonPropertyName("name"), Description("What the token is for.")]
    string Name,
    [property: JsonPropertyName("prefix"), Description("The beginning of the secret, to tell tokens apart.")]
    string Prefix,
    [property: JsonPropertyName("owner"), Description("The user the token acts for.")]
    UserRefResponse Owner,
    [property: JsonPropertyName("last_used"), Description("When it was last used, to the minute; null before the first time.")]
    DateTimeOffset? LastUsed,
    [property: JsonPropertyName("created_at"), Description("When it was created.")]
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("expires_at"), Description("When it expires; null for never.")]
    DateTimeOffset? ExpiresAt);

/// <summary>An API token that has just been created; the secret is shown only here.</summary>
internal sealed record CreatedTokenResponse(
    [property: JsonPropertyName("id"), Description("The token's id.")]
    long Id,
    [property: JsonPropertyName("name"), Description("What the token is for.")]
    string Name,
    [property: JsonPropertyName("token"), Description("The token itself. It is shown only once.")]
    string Token,
    [property: JsonPropertyName("created_at"), Description("When it was created.")]
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("expires_at"), Description("When it expires; null for never.")]
    DateTimeOffset? ExpiresAt);
