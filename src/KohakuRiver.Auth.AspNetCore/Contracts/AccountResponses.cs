using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>An answer that says only that it is done.</summary>
internal sealed record MessageResponse([property: JsonPropertyName("message")] string Message);

/// <summary>Answer of <c>GET /auth/status</c>.</summary>
internal sealed record StatusResponse(
    [property: JsonPropertyName("auth_enabled")] bool AuthEnabled,
    [property: JsonPropertyName("session_expire_hours")] double SessionExpireHours,
    [property: JsonPropertyName("setup_required")] bool SetupRequired);

/// <summary>A group by id and name.</summary>
internal sealed record GroupRefResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("name")] string Name);

/// <summary>A user.</summary>
internal sealed record UserResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("display_name")] string DisplayName,
    [property: JsonPropertyName("role")] Role Role,
    [property: JsonPropertyName("is_active")] bool IsActive,
    [property: JsonPropertyName("created_at")] DateTimeOffset? CreatedAt,
    [property: JsonPropertyName("last_login")] DateTimeOffset? LastLogin,
    [property: JsonPropertyName("active_sessions")] int ActiveSessions,
    [property: JsonPropertyName("groups")] IReadOnlyList<GroupRefResponse> Groups,
    [property: JsonPropertyName("locked_until")] DateTimeOffset? LockedUntil);

/// <summary>Answer of a login or registration.</summary>
internal sealed record LoginResponse(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("user")] UserResponse User);

/// <summary>A session.</summary>
internal sealed record SessionResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("last_seen")] DateTimeOffset LastSeen,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("ip")] string? Ip,
    [property: JsonPropertyName("user_agent")] string? UserAgent,
    [property: JsonPropertyName("current")] bool Current);

/// <summary>Answer of <c>POST /auth/users/{id}/reset-link</c>; the code appears this once.</summary>
internal sealed record ResetLinkResponse(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt);
