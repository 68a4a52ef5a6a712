using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A row of the approval queue. A detail without a value is secret: it is stored nowhere.</summary>
internal sealed record PendingTaskResponse(
    [property: JsonPropertyName("task_id"), Description("The host's id of the task.")]
    string TaskId,
    [property: JsonPropertyName("task_type"), Description("The host's kind of task, for instance command.")]
    string TaskType,
    [property: JsonPropertyName("command"), Description("The executable or script.")]
    string Command,
    [property: JsonPropertyName("arguments"), Description("The arguments, one by one.")]
    IReadOnlyList<string> Arguments,
    [property: JsonPropertyName("required_cores"), Description("The cores requested; 0 for any number.")]
    int RequiredCores,
    [property: JsonPropertyName("required_memory_bytes"), Description("The memory requested, in bytes; null for no requirement.")]
    long? RequiredMemoryBytes,
    [property: JsonPropertyName("required_gpus"), Description("The GPUs requested on the node, by id.")]
    IReadOnlyList<int> RequiredGpus,
    [property: JsonPropertyName("target_node"), Description("The node requested; null for any.")]
    string? TargetNode,
    [property: JsonPropertyName("owner_id"), Description("The submitter's id; null for deleted users.")]
    long? OwnerId,
    [property: JsonPropertyName("owner_username"), Description("The submitter's name.")]
    string OwnerUsername,
    [property: JsonPropertyName("status"), Description("Always pending_approval.")]
    string Status,
    [property: JsonPropertyName("submitted_at"), Description("When it was submitted.")]
    DateTimeOffset SubmittedAt,
    [property: JsonPropertyName("details")]
    [property: Description("Whatever else the host shows to approvers, by name; null for a value that is secret and not stored.")]
    IReadOnlyDictionary<string, string?> Details);

/// <summary>A row of the history. Arguments and details are null after their retention period.</summary>
internal sealed record ApprovalResponse(
    [property: JsonPropertyName("task_id"), Description("The host's id of the task.")]
    string TaskId,
    [property: JsonPropertyName("task_type"), Description("The host's kind of task, for instance command.")]
    string TaskType,
    [property: JsonPropertyName("command"), Description("The executable or script.")]
    string Command,
    [property: JsonPropertyName("arguments"), Description("The arguments, one by one; null after their retention period.")]
    IReadOnlyList<string>? Arguments,
    [property: JsonPropertyName("required_cores"), Description("The cores requested; 0 for any number.")]
    int RequiredCores,
    [property: JsonPropertyName("required_memory_bytes"), Description("The memory requested, in bytes; null for no requirement.")]
    long? RequiredMemoryBytes,
    [property: JsonPropertyName("required_gpus"), Description("The GPUs requested on the node, by id.")]
    IReadOnlyList<int> RequiredGpus,
    [property: JsonPropertyName("target_node"), Description("The node requested; null for any.")]
    string? TargetNode,
    [property: JsonPropertyName("owner_id"), Description("The submitter's id; null for deleted users.")]
    long? OwnerId,
    [property: JsonPropertyName("owner_username"), Description("The submitter's name.")]
    string OwnerUsername,
    [property: JsonPropertyName("status"), Description("pending_approval, approved, rejected or withdrawn.")]
    string Status,
    [property: JsonPropertyName("submitted_at"), Description("When it was submitted.")]
    DateTimeOffset SubmittedAt,
    [property: JsonPropertyName("details")]
    [property: Description("Whatever else the host shows to approvers, by name; null for a value that is secret and not stored. "
        + "Null as a whole after the retention period.")]
    IReadOnlyDictionary<string, string?>? Details,
    [property: JsonPropertyName("decided_by"), Description("The name of the user who decided.")]
    string? DecidedBy,
    [property: JsonPropertyName("decided_at"), Description("When it was decided.")]
    DateTimeOffset? DecidedAt,
    [property: JsonPropertyName("rejection_reason"), Description("Why it was rejected.")]
    string? RejectionReason,
    [property: JsonPropertyName("delivered_at"), Description("When the host's scheduler accepted the decision.")]
    DateTimeOffset? DeliveredAt);

/// <summary>Answer of <c>GET /tasks/pending-approval/count</c>.</summary>
internal sealed record CountResponse([property: JsonPropertyName("count"), Description("The number of waiting tasks.")] int Count);

/// <summary>Answer of a decision.</summary>
internal sealed record TaskMessageResponse(
    [property: JsonPropertyName("message"), Description("What was done, in one sentence.")]
    string Message,
    [property: JsonPropertyName("task_id"), Description("The host's id of the task.")]
    string TaskId);

/// <summary>Answer of a rejection.</summary>
internal sealed record RejectResponse(
    [property: JsonPropertyName("message"), Description("What was done, in one sentence.")]
    string Message,
    [property: JsonPropertyName("task_id"), Description("The host's id of the task.")]
    string TaskId,
    [property: JsonPropertyName("reason"), Description("The reason as it was stored; null without one.")]
    string? Reason);
