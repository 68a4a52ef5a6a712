using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A user by id and name.</summary>
internal sealed record UserRefResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("username")] string Username);

/// <summary>An API token in a list.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("prefix")] string Prefix,
    [property: JsonPropertyName("owner")] UserRefResponse Owner,
    [property: JsonPropertyName("last_used")] DateTimeOffset? LastUsed,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt);

/// <summary>An API token just made; the secret appears this once.</summary>
internal sealed record CreatedTokenResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt);

/// <summary>An invitation. The code and its link are there only in the answer that makes it.</summary>
internal sealed record InvitationResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("token")] string? Token,
    [property: JsonPropertyName("prefix")] string Prefix,
    [property: JsonPropertyName("role")] Role Role,
    [property: JsonPropertyName("group_id")] long? GroupId,
    [property: JsonPropertyName("max_usage")] int MaxUsage,
    [property: JsonPropertyName("usage_count")] int UsageCount,
    [property: JsonPropertyName("remaining_uses")] int RemainingUses,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("is_valid")] bool IsValid,
    [property: JsonPropertyName("created_by_id")] long? CreatedById,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("url")] string? Url);

/// <summary>A group.</summary>
internal sealed record GroupResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("description")] string Description,
    [property: JsonPropertyName("tier")] int Tier,
    [property: JsonPropertyName("limits")] IReadOnlyDictionary<string, long> Limits,
    [property: JsonPropertyName("member_count")] int MemberCount,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt);

/// <summary>A row of the approval queue. A detail without a value is secret: it is stored nowhere.</summary>
internal sealed record PendingTaskResponse(
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("task_type")] string TaskType,
    [property: JsonPropertyName("command")] string Command,
    [property: JsonPropertyName("arguments")] IReadOnlyList<string> Arguments,
    [property: JsonPropertyName("required_cores")] int RequiredCores,
    [property: JsonPropertyName("required_memory_bytes")] long? RequiredMemoryBytes,
    [property: JsonPropertyName("required_gpus")] IReadOnlyList<int> RequiredGpus,
    [property: JsonPropertyName("target_node")] string? TargetNode,
    [property: JsonPropertyName("owner_id")] long? OwnerId,
    [property: JsonPropertyName("owner_username")] string OwnerUsername,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("submitted_at")] DateTimeOffset SubmittedAt,
    [property: JsonPropertyName("details")] IReadOnlyDictionary<string, string?> Details);

/// <summary>A row of the history. Arguments and details are null once they have been removed after their retention.</summary>
internal sealed record ApprovalResponse(
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("task_type")] string TaskType,
    [property: JsonPropertyName("command")] string Command,
    [property: JsonPropertyName("arguments")] IReadOnlyList<string>? Arguments,
    [property: JsonPropertyName("required_cores")] int RequiredCores,
    [property: JsonPropertyName("required_memory_bytes")] long? RequiredMemoryBytes,
    [property: JsonPropertyName("required_gpus")] IReadOnlyList<int> RequiredGpus,
    [property: JsonPropertyName("target_node")] string? TargetNode,
    [property: JsonPropertyName("owner_id")] long? OwnerId,
    [property: JsonPropertyName("owner_username")] string OwnerUsername,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("submitted_at")] DateTimeOffset SubmittedAt,
    [property: JsonPropertyName("details")] IReadOnlyDictionary<string, string?>? Details,
    [property: JsonPropertyName("decided_by")] string? DecidedBy,
    [property: JsonPropertyName("decided_at")] DateTimeOffset? DecidedAt,
    [property: JsonPropertyName("rejection_reason")] string? RejectionReason,
    [property: JsonPropertyName("delivered_at")] DateTimeOffset? DeliveredAt);

/// <summary>Answer of <c>GET /tasks/pending-approval/count</c>.</summary>
internal sealed record CountResponse([property: JsonPropertyName("count")] int Count);

/// <summary>Answer of a decision.</summary>
internal sealed record TaskMessageResponse(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("task_id")] string TaskId);

/// <summary>Answer of a rejection.</summary>
internal sealed record RejectResponse(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("reason")] string? Reason);

/// <summary>Answer of <c>POST /vps/{vps_id}/assign</c>. <c>task_id</c> is the VPS id, as existing clients call it.</summary>
internal sealed record AssignVpsResponse(
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("assigned_users")] IReadOnlyList<long> AssignedUsers,
    [property: JsonPropertyName("assigned_groups")] IReadOnlyList<long> AssignedGroups);

/// <summary>A user a VPS is given to.</summary>
internal sealed record VpsUserResponse(
    [property: JsonPropertyName("user_id")] long UserId,
    [property: JsonPropertyName("username")] string Username,
    [property: JsonPropertyName("display_name")] string DisplayName,
    [property: JsonPropertyName("assigned_at")] DateTimeOffset AssignedAt);

/// <summary>A group a VPS is given to.</summary>
internal sealed record VpsGroupResponse(
    [property: JsonPropertyName("group_id")] long GroupId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("assigned_at")] DateTimeOffset AssignedAt);

/// <summary>Answer of <c>GET /vps/{vps_id}/assignments</c>.</summary>
internal sealed record VpsAssignmentsResponse(
    [property: JsonPropertyName("task_id")] string TaskId,
    [property: JsonPropertyName("assignments")] IReadOnlyList<VpsUserResponse> Assignments,
    [property: JsonPropertyName("groups")] IReadOnlyList<VpsGroupResponse> Groups);
