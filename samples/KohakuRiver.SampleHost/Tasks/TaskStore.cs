using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The tasks from the users' point of view. Their state changes by conditional updates only, so that one of several writers wins.
/// </summary>
internal sealed class TaskStore(HostDatabase database, TimeProvider clock)
{
    // Lists show the beginning of the output, which may have a megabyte per task.
    private const int ShownInLists = 2000;

    public Task AddAsync(IReadOnlyList<TaskRow> tasks, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.Tasks.AddRange(tasks);
            return db.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Removes tasks that were refused before anybody could decide about them.</summary>
    public Task RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => database.WriteAsync(
        db => db.Tasks.Where(t => ids.Contains(t.Id) && t.Status == TaskStatuses.PendingApproval).ExecuteDeleteAsync(cancellationToken),
        cancellationToken);

    public Task<TaskRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id, cancellationToken), cancellationToken);

    /// <summary>Tasks before an id, newest first, in one of the states (any when null), with their output shortened.</summary>
    public Task<List<TaskRow>> ListAsync(
        IReadOnlyList<string>? statuses, string? node, long? ownerId, long before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db =>
            {
                var query = db.Tasks.AsNoTracking().Where(t => t.Id < before);
                query = statuses is null ? query : query.Where(t => statuses.Contains(t.Status));
                query = node is null ? query : query.Where(t => (t.AssignedNode ?? t.TargetNode) == node);
                query = ownerId is null ? query : query.Where(t => t.OwnerId == ownerId);
                return query.OrderByDescending(t => t.Id).Take(limit).Select(t => new TaskRow
                {
                    Id = t.Id,
                    TaskType = t.TaskType,
                    Command = t.Command,
                    Arguments = t.Arguments,
                    EnvVars = t.EnvVars,
                    RequiredCores = t.RequiredCores,
                    RequiredMemoryBytes = t.RequiredMemoryBytes,
                    RequiredGpus = t.RequiredGpus,
                    TargetNode = t.TargetNode,
                    TargetNumaNodeId = t.TargetNumaNodeId,
                    ContainerName = t.ContainerName,
                    BatchId = t.BatchId,
                    OwnerId = t.OwnerId,
                    OwnerUsername = t.OwnerUsername,
                    Status = t.Status,
                    SubmittedAt = t.SubmittedAt,
                    AssignedNode = t.AssignedNode,
                    StartedAt = t.StartedAt,
                    CompletedAt = t.CompletedAt,
                    ExitCode = t.ExitCode,
                    ErrorMessage = t.ErrorMessage,
                    Stdout = t.Stdout == null ? null : t.Stdout.Substring(0, ShownInLists),
                    Stderr = t.Stderr == null ? null : t.Stderr.Substring(0, ShownInLists),
                }).ToListAsync(cancellationToken);
            },
            cancellationToken);

    /// <summary>The id of the task at a place in <see cref="ListAsync"/>, counted from 1; null when there are fewer.</summary>
    public Task<long?> FindIdAsync(string? node, long? ownerId, long before, int place, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Tasks
                .Where(t => t.Id < before
                    && (node == null || (t.AssignedNode ?? t.TargetNode) == node)
                    && (ownerId == null || t.OwnerId == ownerId))
                .OrderByDescending(t => t.Id).Skip(place - 1).Select(t => (long?)t.Id).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);

    /// <summary>The number of tasks by state.</summary>
    public Task<long> CountAsync(string? status, string? node, long? ownerId, CancellationToken cancellationToken) => database.ReadAsync(
        db => db.Tasks.Where(t => (status == null || t.Status == status)
            && (node == null || (t.AssignedNode ?? t.TargetNode) == node)
            && (ownerId == null || t.OwnerId == ownerId)).LongCountAsync(cancellationToken),
        cancellationToken);

    /// <summary>
    /// Moves a task from one state to another; false when it is no longer in the first. A task that ends here (it never ran) gets an end
    /// time, and, where it failed, the reason, which is its output as well.
    /// </summary>
    public async Task<bool> TryMoveAsync(long id, string from, string to, CancellationToken cancellationToken, string? error = null)
    {
        var note = error is null ? null : $"[{error}]\n";
        DateTimeOffset? ended = to == TaskStatuses.Pending ? null : clock.GetInstant();
        return await database.WriteAsync(
            db => db.Tasks.Where(t => t.Id == id && t.Status == from).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Status, to).SetProperty(t => t.CompletedAt, ended).SetProperty(t => t.Stderr, note)
                    .SetProperty(t => t.ErrorMessage, error),
                cancellationToken),
            cancellationToken) == 1;
    }

    /// <summary>Asks the runner of a running task to stop it; false when it is not running.</summary>
    public async Task<bool> TryRequestKillAsync(long id, CancellationToken cancellationToken) => await database.WriteAsync(
        db => db.Tasks.Where(t => t.Id == id && t.Status == TaskStatuses.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.KillRequested, true), cancellationToken),
        cancellationToken) == 1;

    /// <summary>Removes a task that is still in this state; false when it is not, or no longer there.</summary>
    public async Task<bool> TryRemoveAsync(long id, string status, CancellationToken cancellationToken) => await database.WriteAsync(
        db => db.Tasks.Where(t => t.Id == id && t.Status == status).ExecuteDeleteAsync(cancellationToken), cancellationToken) == 1;

    /// <summary>Tasks that have waited for approval since before an instant, oldest first.</summary>
    public Task<List<long>> ListWaitingAsync(DateTimeOffset before, long after, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
        db => db.Tasks.Where(t => t.Status == TaskStatuses.PendingApproval && t.SubmittedAt < before && t.Id > after)
            .OrderBy(t => t.Id).Take(limit).Select(t => t.Id).ToListAsync(cancellationToken),
        cancellationToken);
}
