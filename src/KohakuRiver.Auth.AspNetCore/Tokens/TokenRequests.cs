using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/tokens/create</c>.</summary>
internal sealed record CreateTokenRequest(
    [property: JsonPropertyName("name"), Description("What the token is for: 1 to 100 characters.")]
    string? Name,
    [property: JsonPropertyName("expires_at")]
    [property: Description("When it expires, within ten years. Send this or expires_hours, or neither for a token that does not expire.")]
    DateTimeOffset? ExpiresAt,
    [property: JsonPropertyName("expires_hours"), Description("In how many hours it expires, 1 to 87600.")]
    int? ExpiresHours);
