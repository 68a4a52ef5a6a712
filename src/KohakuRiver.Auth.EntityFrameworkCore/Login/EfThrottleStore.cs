using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfThrottleStore(AuthDatabase database) : EfStore(database), IThrottleStore
{
    /// <inheritdoc />
    public Task<bool> TryTakeAsync(string bucket, DateTimeOffset window, int limit, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        async w =>
        {
            var counter = w.Db.Throttle.Where(t => t.Bucket == bucket && t.WindowStart == window);
            while (true)
            {
                if (await counter.Where(t => t.Attempts < limit)
                    .ExecuteUpdateAsync(s => s.SetProperty(t => t.Attempts, t => t.Attempts + 1), w.Ct) == 1)
                {
                    return true;
                }

                var taken = await counter.Select(t => (int?)t.Attempts).SingleOrDefaultAsync(w.Ct);
                if (limit < 1 || taken >= limit)
                {
                    return false;
                }

                if (taken is null)
                {
                    break;
                }

                // There is room after all: another writer created the counter, or gave an attempt back, since the first read.
            }

            w.Db.Throttle.Add(new ThrottleRow { Bucket = bucket, WindowStart = window, Attempts = 1 });
            await w.SaveAsync();
            return true;
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task GiveBackAsync(string bucket, DateTimeOffset window, CancellationToken cancellationToken) => await Database.WriteAsync(
        async w => await w.Db.Throttle
            .Where(t => t.Bucket == bucket && t.WindowStart == window && t.Attempts > 0)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Attempts, t => t.Attempts - 1), w.Ct) == 1,
        cancellationToken);

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Database.PruneAsync(
        w => w.Db.Throttle.Where(t => t.WindowStart < before).ExecuteDeleteAsync(w.Ct), cancellationToken);
}
