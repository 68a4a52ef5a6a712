using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <content>Handing decisions over to the host, and what is removed once that is long past.</content>
internal sealed partial class EfApprovalStore
{
    private const int ContentsAtATime = 1000;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        string? taskId, int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // The worker polls; looking before writing keeps an empty backlog from costing a write transaction.
        if (!await Database.ReadAsync(db => Due(db, taskId, now).AnyAsync(cancellationToken), cancellationToken))
        {
            return [];
        }

        return await Database.WriteAlwaysAsync(w => HoldAsync(w, taskId, limit, now, until), cancellationToken);
    }

    private static async Task<IReadOnlyList<Approval>> HoldAsync(
        WriteTransaction w, string? taskId, int limit, DateTimeOffset now, DateTimeOffset until)
    {
        DateTimeOffset? heldUntil = until;
        var held = new List<Approval>();
        bool lost;
        do
        {
            lost = false;
            var wanted = limit - held.Count;
            var candidates = await Due(w.Db, taskId, now)
                .OrderBy(a => a.DecidedAt).ThenBy(a => a.Id).Take(wanted).Select(a => a.Id).ToListAsync(w.Ct);
            foreach (var id in candidates)
            {
                // One by one, so that each row tells whether it was this caller who got it. Where writers run side by
                // side some are lost to others, and the loop looks for more.
                if (await Due(w.Db, taskId, now)
                    .Where(a => a.Id == id)
                    .ExecuteUpdateAsync(
                        s => s.SetProperty(a => a.DeliveryHeldUntil, heldUntil)
                            .SetProperty(a => a.DeliveryAttempts, a => a.DeliveryAttempts + 1),
                        w.Ct) == 1)
                {
                    held.Add((await w.Db.Approvals.SingleAsync(a => a.Id == id, w.Ct)).ToModel());
                }
                else
                {
                    lost = true;
                }
            }
        }
        while (lost && held.Count < limit);

        return held;
    }

    /// <inheritdoc />
    public async Task MarkDeliveredAsync(string taskId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        DateTimeOffset? deliveredAt = at;
        await Database.WriteAsync(
            async w => await Undelivered(w.Db)
                .Where(a => a.TaskId == taskId)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(a => a.DeliveredAt, deliveredAt)
                        .SetProperty(a => a.DeliveryHeldUntil, (DateTimeOffset?)null)
                        .SetProperty(a => a.DeliveryDueAt, (DateTimeOffset?)null),
                    w.Ct) == 1,
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task MarkDeliveryFailedAsync(string taskId, DateTimeOffset nextTry, CancellationToken cancellationToken)
    {
        DateTimeOffset? dueAt = nextTry;
        await Database.WriteAsync(
            async w => await Undelivered(w.Db)
                .Where(a => a.TaskId == taskId)
                .ExecuteUpdateAsync(
                    s => s.SetProperty(a => a.DeliveryHeldUntil, (DateTimeOffset?)null).SetProperty(a => a.DeliveryDueAt, dueAt),
                    w.Ct) == 1,
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<DeliveryBacklog> ReadBacklogAsync(CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var count = await Undelivered(db).CountAsync(cancellationToken);
            var oldest = await Undelivered(db).OrderBy(a => a.DecidedAt).Select(a => a.DecidedAt).FirstOrDefaultAsync(cancellationToken);
            return new DeliveryBacklog(count, oldest);
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<int> RemoveContentAsync(DateTimeOffset decidedBefore, CancellationToken cancellationToken)
    {
        // In pieces: the first time there may be very many, and others wait to write meanwhile.
        var removed = 0;
        int some;
        do
        {
            some = await Database.PruneAsync(w => RemoveSomeAsync(w, decidedBefore), cancellationToken);
            removed += some;
        }
        while (some == ContentsAtATime);

        return removed;
    }

    private static Task<int> RemoveSomeAsync(WriteTransaction w, DateTimeOffset decidedBefore)
    {
        // Exactly the condition of the other partial index.
        var old = w.Db.Approvals
            .Where(a => a.DeliveredAt != null && a.Arguments != ApprovalRow.Removed && a.DecidedAt < decidedBefore)
            .OrderBy(a => a.DecidedAt)
            .Take(ContentsAtATime)
            .Select(a => a.Id);
        return w.Db.Approvals
            .Where(a => old.Contains(a.Id))
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.Arguments, ApprovalRow.Removed).SetProperty(a => a.Details, "{}"), w.Ct);
    }

    // Exactly the condition of the partial index.
    private static IQueryable<ApprovalRow> Undelivered(AuthDbContext db) =>
        db.Approvals.Where(a => a.DeliveredAt == null && a.Status != ApprovalStatus.Pending);

    private static IQueryable<ApprovalRow> Due(AuthDbContext db, string? taskId, DateTimeOffset now)
    {
        var free = Undelivered(db).Where(a => a.DeliveryHeldUntil == null || a.DeliveryHeldUntil <= now);
        return taskId is null
            ? free.Where(a => a.DeliveryDueAt == null || a.DeliveryDueAt <= now)
            : free.Where(a => a.TaskId == taskId);
    }
}
