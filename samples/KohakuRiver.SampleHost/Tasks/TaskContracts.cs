using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>The body of a submission, with all fields existing clients send. Null = absent.</summary>
internal sealed record SubmitRequest
{
    public string? TaskType { get; init; }

    public string? Command { get; init; }

    public IReadOnlyList<string?>? Arguments { get; init; }

    public IReadOnlyDictionary<string, string?>? EnvVars { get; init; }

    /// <summary>0 = any.</summary>
    public int? RequiredCores { get; init; }

    public long? RequiredMemoryBytes { get; init; }

    /// <summary>One list of GPU ids for each target.</summary>
    public IReadOnlyList<IReadOnlyList<int>?>? RequiredGpus { get; init; }

    /// <summary>One task for each; what is written is said at <see cref="TaskTarget.ReadAll"/>.</summary>
    public IReadOnlyList<string?>? Targets { get; init; }

    /// <summary>The NUMA node of all targets that do not name one.</summary>
    public int? TargetNumaNodeId { get; init; }

    public string? ContainerName { get; init; }

    public string? RegistryImage { get; init; }

    public bool? Privileged { get; init; }

    public IReadOnlyList<string?>? AdditionalMounts { get; init; }

    public string? IpReservationToken { get; init; }
}

/// <summary>What became of a submission.</summary>
/// <param name="Message">What was done, and how a whole line was read.</param>
/// <param name="TaskIds">One for each target.</param>
/// <param name="Status">Of all of them.</param>
/// <param name="Command">The program that runs, and that an approver sees.</param>
/// <param name="Arguments">Its arguments, one by one.</param>
internal sealed record SubmitBody(
    string Message, IReadOnlyList<string> TaskIds, string Status, string Command, IReadOnlyList<string> Arguments);

/// <summary>A task as the caller may see it.</summary>
internal sealed record TaskBody
{
    public required string TaskId { get; init; }

    public required string TaskType { get; init; }

    /// <summary>The id of the first task of its submission.</summary>
    public required string BatchId { get; init; }

    /// <summary>Always null: only the original's VPS have names among its tasks.</summary>
    public string? Name { get; init; }

    public string? Command { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public IReadOnlyDictionary<string, string>? EnvVars { get; init; }

    public required string Status { get; init; }

    public required int RequiredCores { get; init; }

    public long? RequiredMemoryBytes { get; init; }

    public required IReadOnlyList<int> RequiredGpus { get; init; }

    public string? AssignedNode { get; init; }

    public int? TargetNumaNodeId { get; init; }

    public string? ContainerName { get; init; }

    public long? OwnerId { get; init; }

    public required string OwnerUsername { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public int? ExitCode { get; init; }

    public string? Stdout { get; init; }

    public string? Stderr { get; init; }

    public string? ApprovalStatus { get; init; }

    public string? ApprovedBy { get; init; }

    /// <summary>The same, under the name that KohakuRiver's clients know.</summary>
    public string? ApprovedByUsername => ApprovedBy;

    /// <summary>Null for the master secret, and when the account has been deleted.</summary>
    public long? ApprovedById { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public string? RejectionReason { get; init; }

    public string? ErrorMessage { get; init; }

    public static TaskBody Of(TaskRow task, Approval? approval, Actor viewer)
    {
        var whole = TaskRules.SeesContent(viewer, task.OwnerId);
        var approved = approval?.Status == Auth.ApprovalStatus.Approved ? approval : null;
        return new TaskBody
        {
            TaskId = HostIds.ToText(task.Id),
            TaskType = task.TaskType,
            BatchId = HostIds.ToText(task.BatchId ?? task.Id),
            Command = whole ? task.Command : null,
            Arguments = whole ? task.Arguments : null,
            EnvVars = whole ? task.EnvVars : null,
            Status = StatusOf(task, approval),
            RequiredCores = task.RequiredCores,
            RequiredMemoryBytes = task.RequiredMemoryBytes,
            RequiredGpus = task.RequiredGpus,
            AssignedNode = task.AssignedNode ?? task.TargetNode,
            TargetNumaNodeId = task.TargetNumaNodeId,
            ContainerName = whole ? task.ContainerName : null,
            OwnerId = approval is null ? task.OwnerId : approval.SubmitterId,
            OwnerUsername = task.OwnerUsername,
            SubmittedAt = task.SubmittedAt,
            StartedAt = task.StartedAt,
            CompletedAt = task.CompletedAt ?? (
                approval?.Status is Auth.ApprovalStatus.Rejected or Auth.ApprovalStatus.Withdrawn ? approval.DecidedAt : null),
            ExitCode = task.ExitCode,
            Stdout = whole ? task.Stdout : null,
            Stderr = whole ? task.Stderr : null,
            ApprovalStatus = approval?.Status.ToName(),
            ApprovedBy = approved?.DecidedBy,
            ApprovedById = approved?.DecidedById,
            ApprovedAt = approved?.DecidedAt,
            RejectionReason = whole ? approval?.Reason : null,
            ErrorMessage = whole ? task.ErrorMessage : null,
        };
    }

    /// <summary>
    /// The state to show. A task that waits here may have been decided a moment ago, or long ago while delivery failed: the
    /// approval is authoritative.
    /// </summary>
    public static string StatusOf(TaskRow task, Approval? approval) => task.Status != TaskStatuses.PendingApproval
        ? task.Status
        : approval?.Status switch
        {
            Auth.ApprovalStatus.Approved => TaskStatuses.Pending,
            Auth.ApprovalStatus.Rejected => TaskStatuses.Rejected,
            Auth.ApprovalStatus.Withdrawn => TaskStatuses.Withdrawn,
            _ => TaskStatuses.PendingApproval,
        };
}
