using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Rows;

internal sealed class ApprovalRow
{
    public long Id { get; set; }

    public string TaskId { get; set; } = "";

    public string TaskType { get; set; } = "";

    public string Command { get; set; } = "";

    /// <summary>A JSON array of strings.</summary>
    public string Arguments { get; set; } = "[]";

    public int RequiredCores { get; set; }

    public long? RequiredMemoryBytes { get; set; }

    /// <summary>A JSON array of integers.</summary>
    public string RequiredGpus { get; set; } = "[]";

    public string? TargetNode { get; set; }

    /// <summary>A JSON object of strings.</summary>
    public string Details { get; set; } = "{}";

    public long? SubmitterId { get; set; }

    public string Submitter { get; set; } = "";

    public DateTimeOffset SubmittedAt { get; set; }

    public ApprovalStatus Status { get; set; }

    public long? DecidedById { get; set; }

    public string? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public int DeliveryAttempts { get; set; }

    /// <summary>One caller is delivering it until then.</summary>
    public DateTimeOffset? DeliveryHeldUntil { get; set; }

    /// <summary>After a failure: not due before then.</summary>
    public DateTimeOffset? DeliveryDueAt { get; set; }

    public static ApprovalRow From(NewApproval approval)
    {
        var task = approval.Task;
        var at = Instants.Cut(approval.SubmittedAt);
        return new ApprovalRow
        {
            TaskId = task.TaskId,
            TaskType = task.TaskType,
            Command = task.Command,
            Arguments = JsonColumns.Write(task.Arguments),
            RequiredCores = task.RequiredCores,
            RequiredMemoryBytes = task.RequiredMemoryBytes,
            RequiredGpus = JsonColumns.Write(task.RequiredGpus),
            TargetNode = task.TargetNode,
            Details = JsonColumns.WriteMap(task.Details),
            SubmitterId = approval.SubmitterId,
            Submitter = approval.Submitter,
            SubmittedAt = at,
            Status = approval.ApprovedAtOnce ? ApprovalStatus.Approved : ApprovalStatus.Pending,
            DecidedById = approval.ApprovedAtOnce ? approval.SubmitterId : null,
            DecidedBy = approval.ApprovedAtOnce ? approval.Submitter : null,
            DecidedAt = approval.ApprovedAtOnce ? at : null,
        };
    }

    public Approval ToModel() => new()
    {
        Id = Id,
        Task = new TaskSubmission
        {
            TaskId = TaskId,
            TaskType = TaskType,
            Command = Command,
            Arguments = JsonColumns.ReadList<string>(Arguments),
            RequiredCores = RequiredCores,
            RequiredMemoryBytes = RequiredMemoryBytes,
            RequiredGpus = JsonColumns.ReadList<int>(RequiredGpus),
            TargetNode = TargetNode,
            Details = JsonColumns.ReadMap<string>(Details),
        },
        SubmitterId = SubmitterId,
        Submitter = Submitter,
        SubmittedAt = SubmittedAt,
        Status = Status,
        DecidedById = DecidedById,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        Reason = Reason,
        DeliveredAt = DeliveredAt,
        DeliveryAttempts = DeliveryAttempts,
    };
}
