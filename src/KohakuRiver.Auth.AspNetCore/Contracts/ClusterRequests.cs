using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>POST /auth/tokens/create</c>.</summary>
internal sealed record CreateTokenRequest(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt,
    [property: JsonPropertyName("expires_hours")] int? ExpiresHours);

/// <summary>Body of <c>POST /auth/invitations</c>.</summary>
internal sealed record CreateInvitationRequest(
    [property: JsonPropertyName("role")] Role? Role,
    [property: JsonPropertyName("group_id"), JsonConverter(typeof(IdConverter))] long? GroupId,
    [property: JsonPropertyName("max_usage")] int? MaxUsage,
    [property: JsonPropertyName("expires_hours")] int? ExpiresHours);

/// <summary>Body of <c>POST /auth/groups</c>.</summary>
internal sealed record CreateGroupRequest(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("tier")] int? Tier,
    [property: JsonPropertyName("limits")] IReadOnlyDictionary<string, long>? Limits);

/// <summary>Body of <c>PATCH /auth/groups/{id}</c>.</summary>
internal sealed record UpdateGroupRequest(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("tier")] int? Tier,
    [property: JsonPropertyName("limits")] IReadOnlyDictionary<string, long>? Limits,
    [property: JsonPropertyName("set_limits")] IReadOnlyDictionary<string, long>? SetLimits,
    [property: JsonPropertyName("remove_limits")] IReadOnlyList<string>? RemoveLimits);

/// <summary>Body of <c>POST /reject/{task_id}</c>.</summary>
internal sealed record RejectRequest([property: JsonPropertyName("reason")] string? Reason);

/// <summary>Body of <c>POST /vps/{vps_id}/assign</c>, in the object form.</summary>
internal sealed record AssignVpsRequest(
    [property: JsonPropertyName("user_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? UserIds,
    [property: JsonPropertyName("group_ids"), JsonConverter(typeof(IdListConverter))] IReadOnlyList<long>? GroupIds);

/// <summary>Body of <c>PATCH /auth/settings</c>.</summary>
internal sealed record UpdateSettingsRequest(
    [property: JsonPropertyName("session_lifetime_hours")] int? SessionLifetimeHours,
    [property: JsonPropertyName("session_idle_hours")] int? SessionIdleHours,
    [property: JsonPropertyName("invitation_lifetime_hours")] int? InvitationLifetimeHours,
    [property: JsonPropertyName("approval_required_roles")] IReadOnlyList<Role>? ApprovalRequiredRoles,
    [property: JsonPropertyName("registration")] RegistrationMode? Registration);
