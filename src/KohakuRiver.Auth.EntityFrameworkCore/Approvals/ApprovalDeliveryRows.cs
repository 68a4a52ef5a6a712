using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>The rows of approvals that are to be delivered to the host, and those whose delivery is long past.</summary>
internal static class ApprovalDeliveryRows
{
    public const int ContentsAtATime = 1000;

    /// <summary>Decided and not accepted by the host yet: exactly the condition of the partial index.</summary>
    public static IQueryable<ApprovalRow> Undelivered(AuthDbContext db) =>
        db.Approvals.Where(a => a.DeliveredAt == null && a.Status != ApprovalStatus.Pending);

    /// <summary>Those of them that nobody holds and whose next try is due.</summary>
    public static IQueryable<ApprovalRow> Due(AuthDbContext db, DateTimeOffset now) => Undelivered(db)
        .Where(a => a.DeliveryHeldUntil == null || a.DeliveryHeldUntil <= now)
        .Where(a => a.DeliveryDueAt == null || a.DeliveryDueAt <= now);

    /// <summary>Holds up to <paramref name="limit"/> of what is due, oldest decision first, and counts the attempt.</summary>
    public static async Task<IReadOnlyList<Approval>> HoldAsync(
        WriteTransaction w, int limit, DateTimeOffset now, DateTimeOffset until)
    {
        DateTimeOffset? heldUntil = until;
        var held = new List<Approval>();
        bool lost;
        do
        {
            lost = false;
            var wanted = limit - held.Count;
            var candidates = await Due(w.Db, now)
                .OrderBy(a => a.DecidedAt).ThenBy(a => a.Id).Take(wanted).Select(a => a.Id).ToListAsync(w.Ct);
            foreach (var id in candidates)
            {
                // One by one, so that each row tells whether this caller leased it. Where writers run in
                // parallel, some are lost to others, and the loop looks for more.
                if (await Due(w.Db, now)
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

    /// <summary>Removes the content of at most <see cref="ContentsAtATime"/>, oldest decision first; returns how many.</summary>
    public static Task<int> RemoveContentAsync(WriteTransaction w, DateTimeOffset decidedBefore)
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
}
