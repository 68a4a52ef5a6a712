using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfApprovalStore(AuthDatabase database) : EfStore(database), IApprovalStore
{
    /// <inheritdoc />
    public Task<Approval?> FindAsync(string taskId, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => (await db.Approvals.SingleOrDefaultAsync(a => a.TaskId == taskId, cancellationToken))?.ToModel(), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<Approval>> FindAsync(IReadOnlyCollection<string> taskIds, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taskIds.Count, 10_000, nameof(taskIds));
        return Database.ReadAsync<IReadOnlyList<Approval>>(
            async db =>
            {
                var rows = await db.Approvals.Where(a => taskIds.Contains(a.TaskId)).ToListAsync(cancellationToken);
                return rows.ConvertAll(row => row.ToModel());
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<Page<Approval>> ListAsync(ApprovalQuery query, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var matching = ApprovalFilter.Matching(db, query);
            var limit = query.Page.Limit;
            IQueryable<ApprovalRow> ordered;
            if (query.OldestFirst)
            {
                var after = query.Page.IdAfter();
                ordered = matching.Where(a => a.Id > after).OrderBy(a => a.Id);
            }
            else
            {
                var before = query.Page.IdBefore();
                ordered = matching.Where(a => a.Id < before).OrderByDescending(a => a.Id);
            }

            var rows = await (query.Offset > 0 ? ordered.Skip(query.Offset) : ordered).Take(limit + 1).ToListAsync(cancellationToken);
            var total = await matching.LongCountAsync(cancellationToken);
            var order = query.OldestFirst ? Paging.OldestFirst : Paging.NewestFirst;
            return rows.ToPage(limit, total, row => row.ToModel(), row => new PageCursor { Order = order, Id = row.Id });
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<int> CountPendingAsync(CancellationToken cancellationToken) => Database.ReadAsync(
        db => db.Approvals.CountAsync(a => a.Status == ApprovalStatus.Pending, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<PendingSubmitter>> ListPendingSubmittersAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyList<PendingSubmitter>>(
            async db => await db.Approvals
                .Where(a => a.Status == ApprovalStatus.Pending && a.SubmitterId != null)
                .GroupBy(a => a.SubmitterId!.Value)
                .Select(g => new PendingSubmitter(g.Key, g.Max(a => a.Submitter)!, g.Count()))
                .ToListAsync(cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<Approval>> TryAddAsync(NewApproval approval, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [],
        async w =>
        {
            var row = ApprovalRow.From(approval);

            // An account deleted since the request was authorized: the submission stays, with the name only.
            if (row.SubmitterId is { } submitter && !await w.UserExistsAsync(submitter))
            {
                row.SubmitterId = null;
                row.DecidedById = null;
            }

            w.Db.Approvals.Add(row);
            if (!await w.TrySaveAsync())
            {
                return WriteResult<Approval>.Lost(WriteStatus.NameTaken);
            }

            w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
            return WriteResult<Approval>.Done(row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<Approval>> TryDecideAsync(
        string taskId, ApprovalDecision decision, long? onlySubmitterId, AuthorizedWrite write, CancellationToken cancellationToken)
    {
        if (decision.Status == ApprovalStatus.Pending)
        {
            throw new ArgumentException("A decision must approve, reject or withdraw.", nameof(decision));
        }

        return Database.WriteAsync(write, [], w => DecideAsync(w, taskId, decision, onlySubmitterId), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Approval>> LeaseUndeliveredAsync(
        int limit, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // The worker polls; reading before writing keeps an empty backlog from costing a write transaction.
        if (!await Database.ReadAsync(db => ApprovalDeliveryRows.Due(db, now).AnyAsync(cancellationToken), cancellationToken))
        {
            return [];
        }

        return await Database.WriteAlwaysAsync(w => ApprovalDeliveryRows.HoldAsync(w, limit, now, until), cancellationToken);
    }

    /// <inheritdoc />
    public async Task MarkDeliveredAsync(string taskId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        DateTimeOffset? deliveredAt = at;
        await Database.WriteAsync(
            async w => await ApprovalDeliveryRows.Undelivered(w.Db)
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
            async w => await ApprovalDeliveryRows.Undelivered(w.Db)
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
            var count = await ApprovalDeliveryRows.Undelivered(db).CountAsync(cancellationToken);
            var oldest = await ApprovalDeliveryRows.Undelivered(db).OrderBy(a => a.DecidedAt).Select(a => a.DecidedAt)
                .FirstOrDefaultAsync(cancellationToken);
            return new DeliveryBacklog(count, oldest);
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<int> RemoveContentAsync(DateTimeOffset decidedBefore, CancellationToken cancellationToken)
    {
        // In batches: the first time there may be very many, and other writers wait in the meantime.
        var removed = 0;
        int some;
        do
        {
            some = await Database.PruneAsync(w => ApprovalDeliveryRows.RemoveContentAsync(w, decidedBefore), cancellationToken);
            removed += some;
        }
        while (some == ApprovalDeliveryRows.ContentsAtATime);

        return removed;
    }

    private static async Task<WriteResult<Approval>> DecideAsync(
        WriteTransaction w, string taskId, ApprovalDecision decision, long? onlySubmitterId)
    {
        var mine = w.Db.Approvals.Where(a => a.TaskId == taskId);
        if (onlySubmitterId is { } submitter)
        {
            mine = mine.Where(a => a.SubmitterId == submitter);
        }

        var decidedById = decision.DecidedById is { } decider && await w.UserExistsAsync(decider) ? decision.DecidedById : null;
        DateTimeOffset? decidedAt = decision.DecidedAt;
        var heldUntil = decision.HoldUntil;
        var decided = await mine
            .Where(a => a.Status == ApprovalStatus.Pending)
            .ExecuteUpdateAsync(
                s => s.SetProperty(a => a.Status, decision.Status)
                    .SetProperty(a => a.DecidedById, decidedById)
                    .SetProperty(a => a.DecidedBy, decision.DecidedBy)
                    .SetProperty(a => a.DecidedAt, decidedAt)
                    .SetProperty(a => a.Reason, decision.Reason)
                    .SetProperty(a => a.DeliveryHeldUntil, heldUntil)
                    .SetProperty(a => a.DeliveryAttempts, heldUntil == null ? 0 : 1),
                w.Ct);
        if (decided == 1)
        {
            return WriteResult<Approval>.Done((await mine.SingleAsync(w.Ct)).ToModel());
        }

        return WriteResult<Approval>.Lost(await mine.AnyAsync(w.Ct) ? WriteStatus.Conflict : WriteStatus.NotFound);
    }
}
