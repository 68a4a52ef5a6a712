using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class ApprovalRow
{
    /// <summary>The value of <see cref="Arguments"/> once they have been removed: JSON's null, which no submission writes.</summary>
    public const string Removed = "null";

    /// <summary>The value of <see cref="RequiredGpus"/> where no GPU is asked for.</summary>
    public const string NoGpus = "[]";

    public long Id { get; set; }

    public string TaskId { get; set; } = "";

    public string TaskType { get; set; } = "";

    public string Command { get; set; } = "";

    /// <summary>A JSON array of strings; <see cref="Removed"/> when the content has been removed.</summary>
    public string Arguments { get; set; } = "[]";

    public int RequiredCores { get; set; }

    public long? RequiredMemoryBytes { get; set; }

    /// <summary>A JSON array of integers.</summary>
    public string RequiredGpus { get; set; } = "[]";

    public string? TargetNode { get; set; }

    /// <summary>A JSON object of strings; null where the value is secret and stored nowhere.</summary>
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

    /// <summary>Leased by one caller until then.</summary>
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
            Details = JsonColumns.WriteMap(WithSecretNames(task)),
            SubmitterId = approval.SubmitterId,
            Submitter = approval.Submitter,
            SubmittedAt = at,
            Status = approval.ApprovedAtOnce ? ApprovalStatus.Approved : ApprovalStatus.Pending,
            DecidedById = approval.ApprovedAtOnce ? approval.SubmitterId : null,
            DecidedBy = approval.ApprovedAtOnce ? approval.Submitter : null,
            DecidedAt = approval.ApprovedAtOnce ? at : null,
            DeliveryHeldUntil = approval is { ApprovedAtOnce: true, HoldUntil: { } until } ? Instants.Cut(until) : null,
            DeliveryAttempts = approval is { ApprovedAtOnce: true, HoldUntil: not null } ? 1 : 0,
        };
    }

    public Approval ToModel() => new()
    {
        Id = Id,
        Task = ToSubmission(JsonColumns.ReadMap<string?>(Details)),
        ContentRemoved = Arguments == Removed,
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

    private TaskSubmission ToSubmission(IReadOnlyDictionary<string, string?> details) => new()
    {
        TaskId = TaskId,
        TaskType = TaskType,
        Command = Command,
        Arguments = JsonColumns.ReadList<string>(Arguments),
        RequiredCores = RequiredCores,
        RequiredMemoryBytes = RequiredMemoryBytes,
        RequiredGpus = JsonColumns.ReadList<int>(RequiredGpus),
        TargetNode = TargetNode,
        Details = details.Where(d => d.Value is not null).ToImmutableSortedDictionary(d => d.Key, d => d.Value!, StringComparer.Ordinal),
        SecretDetails = [.. details.Where(d => d.Value is null).Select(d => d.Key)],
    };

    // A secret name has no value here, whatever the caller sent with it.
    private static SortedDictionary<string, string?> WithSecretNames(TaskSubmission task)
    {
        var details = new SortedDictionary<string, string?>(
            task.Details.ToDictionary(d => d.Key, d => (string?)d.Value), StringComparer.Ordinal);
        foreach (var name in task.SecretDetails)
        {
            details[name] = null;
        }

        return details;
    }
}
