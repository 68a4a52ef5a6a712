using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A session.</summary>
internal sealed record SessionResponse(
    [property: JsonPropertyName("id"), Description("The session's id.")]
    long Id,
    [property: JsonPropertyName("created_at"), Description("When the user logged in.")]
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("last_seen"), Description("When it was last used, to the minute.")]
    DateTimeOffset LastSeen,
    [property: JsonPropertyName("expires_at"), Description("When it ends, whether it is used or not.")]
    DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("ip"), Description("The network address it was last used from; null if there was none.")]
    string? Ip,
    [property: JsonPropertyName("user_agent"), Description("The browser or program that created it.")]
    string? UserAgent,
    [property: JsonPropertyName("current"), Description("Whether this request was made with it.")]
    bool Current);
