using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>Tasks as a caller may see them, with the decisions about them.</summary>
internal sealed class TaskViews(TaskStore tasks, IApprovalService approvals)
{
    private const int BatchSize = 1000;

    public async Task<TaskBody?> FindAsync(Actor actor, string taskId, CancellationToken cancellationToken)
    {
        if (!HostIds.TryRead(taskId, out var id) || await tasks.FindAsync(id, cancellationToken) is not { } task)
        {
            return null;
        }

        var approval = (await approvals.FindAsync([taskId], cancellationToken)).GetValueOrDefault(taskId);
        return TaskBody.Of(task, approval, actor);
    }

    /// <summary>The newest tasks that match, at most <paramref name="most"/> after those that are left out, before an id.</summary>
    public async Task<List<TaskBody>> ListAsync(
        Actor actor, string? status, string? node, int most, CancellationToken cancellationToken, long before = long.MaxValue,
        long? ownerId = null, int leftOut = 0)
    {
        // An approval may have a decision before the task here has moved, so waiting tasks are always included.
        IReadOnlyList<string>? statuses = status is null ? null : [status, TaskStatuses.PendingApproval];
        if (leftOut > 0 && statuses is null)
        {
            // Every row counts, so none of them has to be looked at.
            if (await tasks.FindIdAsync(node, ownerId, before, leftOut, cancellationToken) is not { } last)
            {
                return [];
            }

            (before, leftOut) = (last, 0);
        }

        var found = new List<TaskBody>();
        while (found.Count < most)
        {
            var batch = await tasks.ListAsync(statuses, node, ownerId, before, BatchSize, cancellationToken);
            var decided = await approvals.FindAsync([.. batch.Select(t => HostIds.ToText(t.Id))], cancellationToken);
            var matching = batch.Select(t => TaskBody.Of(t, decided.GetValueOrDefault(HostIds.ToText(t.Id)), actor))
                .Where(t => status is null || t.Status == status).ToList();
            found.AddRange(matching.Skip(leftOut).Take(most - found.Count));
            leftOut -= Math.Min(leftOut, matching.Count);
            if (batch.Count < BatchSize)
            {
                break;
            }

            before = batch[^1].Id;
        }

        return found;
    }
}
