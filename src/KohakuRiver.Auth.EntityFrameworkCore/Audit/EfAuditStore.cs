using System.Runtime.CompilerServices;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfAuditStore(AuthDatabase database) : EfStore(database), IAuditStore
{
    // Whoever wants the newest few pays for few.
    private const int FirstBatch = 50;
    private const int StreamBatch = 500;

    /// <inheritdoc />
    public async Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        await Database.WriteCountAsync(AuthorizedWrite.WithoutCredential(entry), [], static _ => Task.FromResult(1), cancellationToken);

    /// <inheritdoc />
    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var before = query.Page.IdBefore();
            var limit = query.Page.Limit;
            var matching = Matching(db, query);
            var rows = await PageOf(db, matching.Where(a => a.Id < before), query, limit + 1).ToListAsync(cancellationToken);
            var total = await matching.LongCountAsync(cancellationToken);
            return rows.ToPage(limit, total, row => row.ToModel(), row => row.Id);
        },
        cancellationToken);

    /// <inheritdoc />
    public async IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // In batches: a query kept open while a slow client reads would block the writers of some engines.
        var before = long.MaxValue;
        for (var batch = FirstBatch; ; batch = StreamBatch)
        {
            var (last, size) = (before, batch);
            var rows = await Database.ReadAsync(
                db => Matching(db, query).Where(a => a.Id < last).OrderByDescending(a => a.Id).Take(size)
                    .ToListAsync(cancellationToken),
                cancellationToken);
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row.ToModel();
            }

            if (rows.Count < size)
            {
                yield break;
            }

            before = rows[^1].Id;
        }
    }

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Database.PruneAsync(
        w => w.Db.Audit.Where(a => a.At < before).ExecuteDeleteAsync(w.Ct), cancellationToken);

    // Entries of an action and of those below it are no order of an index. Sorted are their ids alone, which the index has, and read are
    // only the rows of the page.
    private static IQueryable<AuditRow> PageOf(AuthDbContext db, IQueryable<AuditRow> matching, AuditQuery query, int count)
    {
        var newest = matching.OrderByDescending(a => a.Id).Take(count);
        if (query.Action is null)
        {
            return newest;
        }

        var ids = newest.Select(a => a.Id);
        return db.Audit.Where(a => ids.Contains(a.Id)).OrderByDescending(a => a.Id);
    }

    private static IQueryable<AuditRow> Matching(AuthDbContext db, AuditQuery query)
    {
        IQueryable<AuditRow> entries = db.Audit;
        if (query.Actor is not null)
        {
            var actor = TextKey.Of(query.Actor);
            entries = entries.Where(a => a.ActorKey == actor);
        }

        if (query.Action is not null)
        {
            var action = TextKey.Of(query.Action);
            var from = action + ".";
            var to = TextKey.AfterPrefix(from);
            entries = entries.Where(a =>
                a.ActionKey == action || (string.Compare(a.ActionKey, from) >= 0 && string.Compare(a.ActionKey, to) < 0));
        }

        if (query.Target is not null)
        {
            var target = TextKey.Of(query.Target);
            entries = entries.Where(a => a.TargetKey == target || a.TargetIdKey == target);
        }

        if (query.Outcome is { } outcome)
        {
            entries = entries.Where(a => a.Outcome == outcome);
        }

        if (query.From is { } start)
        {
            entries = entries.Where(a => a.At >= start);
        }

        if (query.To is { } end)
        {
            entries = entries.Where(a => a.At < end);
        }

        return entries;
    }
}
