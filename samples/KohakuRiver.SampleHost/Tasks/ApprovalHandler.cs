using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Applies decisions to the host's tasks. The same decision may come again after a crash; it moves a task out of
/// <c>pending_approval</c> once and has no effect after that.
/// </summary>
internal sealed partial class ApprovalHandler(TaskStore tasks, RunSignal signal, ILogger<ApprovalHandler> logger) : ITaskApprovalHandler
{
    // <snippet:approval>
    public async Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken)
    {
        await MoveAsync(approval, TaskStatuses.Pending, cancellationToken);
        signal.Raise();
    }

    public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) =>
        MoveAsync(approval, TaskStatuses.Rejected, cancellationToken);

    public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) =>
        MoveAsync(approval, TaskStatuses.Withdrawn, cancellationToken);
    // </snippet:approval>

    private async Task MoveAsync(Approval approval, string status, CancellationToken cancellationToken)
    {
        if (!HostIds.TryRead(approval.Task.TaskId, out var id)
            || (!await tasks.TryMoveAsync(id, TaskStatuses.PendingApproval, status, cancellationToken)
                && await tasks.FindAsync(id, cancellationToken) is null))
        {
            // The task was written before its submission, so it has been removed since: by hand, or with the host's database. Retrying
            // forever would not bring it back, so the decision counts as accepted.
            LogUnknown(approval.Task.TaskId, approval.Status);
        }
    }

    [LoggerMessage(3010, LogLevel.Warning, "The decision {Status} is about task {TaskId}, which this host does not have")]
    private partial void LogUnknown(string taskId, ApprovalStatus status);
}
