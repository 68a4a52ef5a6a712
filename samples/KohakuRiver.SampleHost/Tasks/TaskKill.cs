using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Stopping tasks.</summary>
internal sealed class TaskKill(TaskStore tasks, IApprovalService approvals, RunSignal signal)
{
    /// <summary>
    /// Stops a task; returns a message. Refusals: Hidden (does not exist), Forbidden, Conflict (waits for approval, or has ended).
    /// </summary>
    public async Task<KohakuResult<string>> KillAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, cancellationToken) is not { } task)
        {
            return new Refusal(RefusalKind.Hidden, "There is no such task.");
        }

        var may = TaskRules.Kill(actor, task.OwnerId);
        if (!may.IsAllowed)
        {
            return may.Refusal;
        }

        if (await tasks.TryMoveAsync(id, TaskStatuses.Pending, TaskStatuses.Killed, cancellationToken))
        {
            return "Task killed before it ran.";
        }

        if (await tasks.TryRequestKillAsync(id, cancellationToken))
        {
            signal.Raise();
            return "Task is being killed.";
        }

        // Approved, but not delivered yet: the delivery finds it killed and leaves it so.
        var approval = (await approvals.FindAsync([taskId], cancellationToken)).GetValueOrDefault(taskId);
        if (approval?.Status == ApprovalStatus.Approved
            && await tasks.TryMoveAsync(id, TaskStatuses.PendingApproval, TaskStatuses.Killed, cancellationToken))
        {
            return "Task killed before it ran.";
        }

        return new Refusal(RefusalKind.Conflict, approval?.Status == ApprovalStatus.Pending
            ? "This task waits for approval: withdraw it, or have it rejected."
            : "This task has ended already.");
    }
}
