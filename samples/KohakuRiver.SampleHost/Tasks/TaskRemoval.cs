using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Removing tasks that have ended. The decision about a task stays in the history of approvals.</summary>
internal sealed class TaskRemoval(TaskStore tasks, IApprovalService approvals)
{
    /// <summary>
    /// Removes a task with its output: its submitter's own, or, for admins, anybody's. Refusals: Hidden (does not exist), Forbidden,
    /// Conflict (has not ended).
    /// </summary>
    public async Task<KohakuResult> RemoveAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, cancellationToken) is not { } task)
        {
            return new Refusal(RefusalKind.Hidden, "There is no such task.");
        }

        var isOwn = actor.Id is not null && actor.Id == task.OwnerId;
        var may = isOwn ? AccessRules.Decide(actor, Permissions.ViewTasks) : AccessRules.RequireRole(actor, Role.Admin);
        if (!may.IsAllowed)
        {
            return may.Refusal;
        }

        // Of two who remove it at once one does. A rejection that has not arrived here yet finds nothing to do later.
        var approval = (await approvals.FindAsync([taskId], cancellationToken)).GetValueOrDefault(taskId);
        return TaskStatuses.IsEnd(TaskBody.StatusOf(task, approval)) && await tasks.TryRemoveAsync(id, task.Status, cancellationToken)
            ? KohakuResult.Success
            : new Refusal(RefusalKind.Conflict, "Only a task that has ended can be deleted: withdraw, reject or kill it first.");
    }
}
