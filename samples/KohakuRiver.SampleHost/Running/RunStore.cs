using KohakuRiver.Auth;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The tasks from the runners' point of view. A runner owns a task by its name in the row; several hosts may share the database.
/// </summary>
internal sealed class RunStore(HostDatabase database, LocalNode node, TimeProvider clock)
{
    /// <summary>A runner silent for longer has lost its tasks.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private const string Gone = "The host that ran this task went away.";

    // What the last claim may have taken, if its commit succeeded without an acknowledgement.
    private List<long> unheard = [];

    /// <summary>
    /// Takes the tasks that may run and fit on this node, oldest first; one that needs more than is free waits and lets others go first.
    /// Called by one thread.
    /// </summary>
    public async Task<IReadOnlyList<TaskRow>> ClaimAsync(CancellationToken cancellationToken)
    {
        if (unheard.Count > 0)
        {
            var taken = await database.ReadAsync(
                db => db.Tasks.AsNoTracking()
                    .Where(t => unheard.Contains(t.Id) && t.Status == TaskStatuses.Running && t.Runner == RunnerIdentity.Current)
                    .OrderBy(t => t.Id).ToListAsync(cancellationToken),
                cancellationToken);
            unheard = [];
            return taken;
        }

        // Reading first does not block writers, and usually there is nothing to do.
        var any = await database.ReadAsync(db => Waiting(db).AnyAsync(cancellationToken), cancellationToken);
        return any ? await database.WriteAsync(db => ClaimAsync(db, cancellationToken), cancellationToken) : [];
    }

    /// <summary>Records how a task ended; false when another host has marked it as lost in the meantime.</summary>
    public async Task<bool> TryFinishAsync(long id, string status, RunResult result, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return await database.WriteAsync(
            db => db.Tasks.Where(t => t.Id == id && t.Status == TaskStatuses.Running && t.Runner == RunnerIdentity.Current)
                .ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Status, status)
                    .SetProperty(t => t.CompletedAt, now)
                    .SetProperty(t => t.ExitCode, result.ExitCode)
                    .SetProperty(t => t.Stdout, result.Stdout).SetProperty(t => t.Stderr, result.Stderr)
                    .SetProperty(t => t.ErrorMessage, result.Error),
                cancellationToken),
            cancellationToken) == 1;
    }

    /// <summary>Sends a heartbeat for the tasks that run here.</summary>
    public Task BeatAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return ids.Count == 0 ? Task.CompletedTask : database.WriteAsync(
            db => db.Tasks.Where(t => ids.Contains(t.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.RunnerSeenAt, now), cancellationToken),
            cancellationToken);
    }

    /// <summary>The tasks running here that must be stopped: a kill was requested, or they are no longer ours.</summary>
    public async Task<IReadOnlyList<long>> ListUnwantedAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var wanted = await database.ReadAsync(
            db => db.Tasks.Where(t => ids.Contains(t.Id) && t.Status == TaskStatuses.Running && !t.KillRequested)
                .Select(t => t.Id).ToListAsync(cancellationToken),
            cancellationToken);
        return [.. ids.Except(wanted)];
    }

    /// <summary>
    /// Marks the tasks of a gone or silent runner as lost. The process itself may continue where only the host was killed; nobody
    /// can tell any more how it ends. Returns how many. Called after <see cref="BeatAsync"/>: what this process runs is not silent then.
    /// </summary>
    public async Task<int> MarkLostAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var silent = now - Silence;
        var running = await database.ReadAsync(
            db => db.Tasks.Where(t => t.Status == TaskStatuses.Running)
                .Select(t => new { t.Id, t.Runner, t.RunnerSeenAt }).ToListAsync(cancellationToken),
            cancellationToken);
        var lost = running.Where(t => t.RunnerSeenAt is not { } seen || seen < silent || RunnerIdentity.IsGone(t.Runner!))
            .Select(t => t.Id)
            .ToList();
        return lost.Count == 0 ? 0 : await database.WriteAsync(
            db => db.Tasks.Where(t => lost.Contains(t.Id) && t.Status == TaskStatuses.Running).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Status, TaskStatuses.Lost).SetProperty(t => t.CompletedAt, now)
                    .SetProperty(t => t.Stderr, $"[{Gone}]\n").SetProperty(t => t.ErrorMessage, Gone),
                cancellationToken),
            cancellationToken);
    }

    private IQueryable<TaskRow> Waiting(HostDbContext db) =>
        db.Tasks.Where(t => t.Status == TaskStatuses.Pending && (t.TargetNode == null || t.TargetNode == node.Hostname));

    // Under the node's lock: counting what is in use and taking more cannot interleave with another host's on this machine. Hosts of other
    // nodes may want the same tasks; each is taken by the one whose update still finds it waiting.
    private async Task<IReadOnlyList<TaskRow>> ClaimAsync(HostDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await database.LockNodeAsync(db, node.Hostname, cancellationToken);
        var free = new FreeCapacity(node);
        var running = db.Tasks.AsNoTracking().Where(t => t.Status == TaskStatuses.Running && t.AssignedNode == node.Hostname);
        foreach (var needs in await running.Select(t =>
            new Needs(t.RequiredCores, t.RequiredMemoryBytes, t.RequiredGpus)).ToListAsync(cancellationToken))
        {
            free.Take(needs);
        }

        var now = clock.GetInstant();
        var claimed = new List<TaskRow>();
        foreach (var task in await ChooseAsync(db, free, cancellationToken))
        {
            var won = await db.Tasks.Where(t => t.Id == task.Id && t.Status == TaskStatuses.Pending).ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Status, TaskStatuses.Running).SetProperty(t => t.AssignedNode, node.Hostname)
                    .SetProperty(t => t.Runner, RunnerIdentity.Current)
                        .SetProperty(t => t.RunnerSeenAt, now)
                        .SetProperty(t => t.StartedAt, now),
                cancellationToken);
            if (won == 1)
            {
                claimed.Add(task);
            }
        }

        unheard = [.. claimed.Select(t => t.Id)];
        await transaction.CommitAsync(cancellationToken);
        unheard = [];
        return claimed;
    }

    private async Task<List<TaskRow>> ChooseAsync(HostDbContext db, FreeCapacity free, CancellationToken cancellationToken)
    {
        var chosen = new List<TaskRow>();
        if (free.IsFull)
        {
            return chosen;
        }

        await foreach (var task in Waiting(db).AsNoTracking().OrderBy(t => t.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var needs = new Needs(task.RequiredCores, task.RequiredMemoryBytes, task.RequiredGpus);
            if (!free.Fits(needs))
            {
                continue;
            }

            free.Take(needs);
            chosen.Add(task);
            if (free.IsFull)
            {
                break;
            }
        }

        return chosen;
    }
}
