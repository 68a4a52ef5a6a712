namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From approvals to their contracts.</summary>
internal static class ApprovalMapping
{
    internal static PendingTaskResponse ToPending(this Approval approval) => new(
        approval.Task.TaskId, approval.Task.TaskType, approval.Task.Command, approval.Task.Arguments, approval.Task.RequiredCores,
        approval.Task.RequiredMemoryBytes, approval.Task.RequiredGpus, approval.Task.TargetNode, approval.SubmitterId, approval.Submitter,
        approval.Status.ToName(), approval.SubmittedAt, Details(approval.Task));

    internal static ApprovalResponse ToResponse(this Approval approval) => new(
        approval.Task.TaskId, approval.Task.TaskType, approval.Task.Command,
        approval.ContentRemoved ? null : approval.Task.Arguments, approval.Task.RequiredCores,
        approval.Task.RequiredMemoryBytes, approval.Task.RequiredGpus, approval.Task.TargetNode, approval.SubmitterId, approval.Submitter,
        approval.Status.ToName(), approval.SubmittedAt, approval.ContentRemoved ? null : Details(approval.Task),
        approval.DecidedBy, approval.DecidedAt, approval.Reason, approval.DeliveredAt);

    // By name, and without a value where that is secret, so that a reader sees all names in one place and order.
    private static SortedDictionary<string, string?> Details(TaskSubmission task)
    {
        var details = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in task.Details)
        {
            details[name] = value;
        }

        foreach (var name in task.SecretDetails)
        {
            details[name] = null;
        }

        return details;
    }
}
