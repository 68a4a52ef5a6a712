#pragma warning disable MA0048 // The small records of one area stand together, as the contracts of the host do.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohakuRiver.Cli;

// What the host returns, and what --json prints: field names are these in snake_case. docs/cli.md lists them.

internal sealed record MessageAnswer(string? Message);

internal sealed record HostStatus(bool AuthEnabled, double? SessionExpireHours, bool SetupRequired);

internal sealed record NameRef(long Id, string Name);

internal sealed record OwnerRef(long Id, string Username);

internal sealed record User(
    long Id, string Username, string? DisplayName, string Role, bool IsActive, DateTimeOffset? CreatedAt, DateTimeOffset? LastLogin,
    int? ActiveSessions, IReadOnlyList<NameRef>? Groups,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] GivenTime LockedUntil,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? MustChangePassword = null)
{
    /// <summary>The role with which a user may log in and do nothing else.</summary>
    internal const string NoPermission = "anony";
}

// A user created without a password: the user, and the link that sets one.
internal sealed record InvitedUser(
    long Id, string Username, string? DisplayName, string Role, bool IsActive, DateTimeOffset? CreatedAt, DateTimeOffset? LastLogin,
    int? ActiveSessions, IReadOnlyList<NameRef>? Groups,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] GivenTime LockedUntil,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? MustChangePassword,
    string Code, string Url, DateTimeOffset ExpiresAt);

internal sealed record LoginAnswer(string? Message, User User);

internal sealed record Session(
    long Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeen, DateTimeOffset ExpiresAt, string? Ip, string? UserAgent, bool Current);

internal sealed record Token(
    long Id, string Name, string? Prefix, OwnerRef? Owner, DateTimeOffset? LastUsed, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt);

internal sealed record CreatedToken(long Id, string Name, string Token, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt);

internal sealed record ResetLink(string Code, string Url, DateTimeOffset ExpiresAt);

internal sealed record Group(
    long Id, string Name, string? Description, int Tier, IReadOnlyDictionary<string, long>? Limits, int MemberCount,
    DateTimeOffset? CreatedAt);

internal sealed record Invitation(
    long Id, string? Token, string? Prefix, string Role, long? GroupId, int MaxUsage, int UsageCount, int RemainingUses,
    DateTimeOffset ExpiresAt, bool IsValid, long? CreatedById, DateTimeOffset? CreatedAt, string? Url);

internal sealed record Approval(
    string TaskId, string? TaskType, string? Command, IReadOnlyList<string>? Arguments, int? RequiredCores, long? RequiredMemoryBytes,
    IReadOnlyList<int>? RequiredGpus, string? TargetNode, long? OwnerId, string? OwnerUsername, string Status, DateTimeOffset? SubmittedAt,
    IReadOnlyDictionary<string, string?>? Details, string? DecidedBy, DateTimeOffset? DecidedAt, string? RejectionReason,
    DateTimeOffset? DeliveredAt);

internal sealed record TaskMessage(string? Message, string TaskId, string? Reason);

internal sealed record VpsUser(long UserId, string Username, string? DisplayName, DateTimeOffset? AssignedAt);

internal sealed record VpsGroup(long GroupId, string Name, DateTimeOffset? AssignedAt);

internal sealed record VpsAssigned(string? Message, string TaskId, IReadOnlyList<long>? AssignedUsers, IReadOnlyList<long>? AssignedGroups);

internal sealed record VpsAccess(string TaskId, bool? Known, IReadOnlyList<VpsUser>? Assignments, IReadOnlyList<VpsGroup>? Groups);

// Assignees and groups are shown by name; hosts differ in what else they return about them.
internal sealed record Vps(
    string VpsId, string? Name, string? Node, string? Status, string? OwnerUsername, JsonElement? Assignees, JsonElement? Groups);

internal sealed record Executed(int? ExitCode, string? Stdout, string? Stderr);

internal sealed record Node(string Hostname, string? Status, int? TotalCores, long? MemoryTotalBytes, JsonElement? Gpus);

internal sealed record ClusterTask(
    string TaskId, string? TaskType, string? Command, IReadOnlyList<string>? Arguments, IReadOnlyDictionary<string, string>? EnvVars,
    string Status,
    int? RequiredCores, long? RequiredMemoryBytes, JsonElement? RequiredGpus, string? AssignedNode, long? OwnerId, string? OwnerUsername,
    DateTimeOffset? SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, int? ExitCode, string? Stdout, string? Stderr,
    string? ApprovalStatus, string? ApprovedBy, string? RejectionReason);

internal sealed record Submitted(string? Message, IReadOnlyList<string> TaskIds, string? Status);

internal sealed record AuditEntry(
    long Id, DateTimeOffset At, long? ActorId, string Actor, string? Credential, string? Ip, string Action, string? TargetType,
    string? TargetId,
    string? Target, string Outcome, string? Detail, string? OperationId);
