using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfUserStore(AuthDatabase database) : EfStore(database), IUserStore
{
    private const uint NobodyRows = 16;

    private uint lastNobody;

    /// <inheritdoc />
    public Task<User?> FindAsync(long id, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken))?.ToModel(), cancellationToken);

    /// <inheritdoc />
    public Task<UserDetails?> FindDetailsAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) => Database.ReadAsync(
        db => db.FindDetailsAsync(id, now, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<PasswordRecord?> FindPasswordAsync(string username, CancellationToken cancellationToken)
    {
        var key = TextKey.Of(username);
        return Database.ReadAsync(
            async db => await db.Users.SingleOrDefaultAsync(u => u.UsernameKey == key, cancellationToken) is { } row
                ? new PasswordRecord(row.ToModel(), row.PasswordHash)
                : null,
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<PasswordRecord?> FindPasswordAsync(long id, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is { } row
            ? new PasswordRecord(row.ToModel(), row.PasswordHash)
            : null,
        cancellationToken);

    /// <inheritdoc />
    public Task<Page<UserDetails>> ListAsync(UserQuery query, DateTimeOffset now, CancellationToken cancellationToken) =>
        Database.ReadAsync(
        async db =>
        {
            var cursor = query.Page.CursorFor(query.OrderName);
            var limit = query.Page.Limit;
            var matching = UserListing.Matching(db, query);
            var rows = await UserListing.PageOf(matching, query, cursor).Take(limit + 1).ReadDetailsAsync(db, now, cancellationToken);
            var total = await UserListing.CountAsync(db, query, matching, cancellationToken);
            return rows.ToPage(limit, total, row => row.ToModel(), row => UserListing.CursorAt(row.User, query));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<User>> ListLockedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Database.ReadAsync(
        async db =>
        {
            var rows = await db.Users.Where(u => u.LockedUntil > now)
                .OrderByDescending(u => u.LockedUntil)
                .ThenBy(u => u.Id)
                .Take(limit)
                .ToListAsync(cancellationToken);
            return (IReadOnlyList<User>)rows.ConvertAll(row => row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync(db => db.Users.AnyAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> AnyAdminAsync(CancellationToken cancellationToken) =>
        Database.ReadAsync(db => db.Users.AnyAsync(u => u.Role == Role.Admin, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryCountLoginAttemptAsync(long id, LockoutPolicy policy, DateTimeOffset now, CancellationToken cancellationToken) =>
        Database.WriteAlwaysAsync(
            async w =>
            {
                while (true)
                {
                    var seen = await w.Db.Users.Where(u => u.Id == id)
                        .Select(u => new { u.FailedLogins, u.LockedUntil })
                        .SingleOrDefaultAsync(w.Ct);
                    if (seen is null || now < seen.LockedUntil)
                    {
                        await CountNobodyAsync(w, now);
                        return false;
                    }

                    var failures = Math.Min(seen.FailedLogins, int.MaxValue - 1) + 1;
                    DateTimeOffset? lockedUntil = policy.PauseAfter(failures) is { } pause ? Instants.Cut(now + pause) : null;

                    // The policy is code, so the new value cannot be computed in the statement. The statement
                    // compares with the value read instead; where another writer was faster, it reads again.
                    if (await w.Db.Users
                        .Where(u => u.Id == id && u.FailedLogins == seen.FailedLogins && u.LockedUntil == seen.LockedUntil)
                        .ExecuteUpdateAsync(
                            s => s.SetProperty(u => u.FailedLogins, failures).SetProperty(u => u.LockedUntil, lockedUntil), w.Ct) == 1)
                    {
                        return true;
                    }
                }
            },
            cancellationToken);

    /// <inheritdoc />
    public async Task ClearLoginFailuresAsync(long id, CancellationToken cancellationToken) =>
        await Database.WriteAsync(w => UnlockAsync(w, id), cancellationToken);

    /// <inheritdoc />
    public Task<bool> TryRehashAsync(long id, string oldHash, string newHash, CancellationToken cancellationToken) => Database.WriteAsync(
        async w => await w.Db.Users
            .Where(u => u.Id == id && u.PasswordHash == oldHash)
            .ExecuteUpdateAsync(s => s.SetProperty(u => u.PasswordHash, newHash), w.Ct) == 1,
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryUnlockAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write, [], async w => await UnlockAsync(w, id) ? WriteStatus.Done : WriteStatus.NotFound, cancellationToken);

    /// <summary>
    /// An update of one row and its commit, which takes as long as counting, where there is nothing to count. Several rows, as known
    /// accounts have one each; used in turn, and removed with the other counters.
    /// </summary>
    private async Task CountNobodyAsync(WriteTransaction w, DateTimeOffset now)
    {
        var window = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        var bucket = string.Create(CultureInfo.InvariantCulture, $"nobody:{Interlocked.Increment(ref lastNobody) % NobodyRows}");
        if (await w.Db.Throttle
            .Where(t => t.Bucket == bucket && t.WindowStart == window)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Attempts, t => 1 - t.Attempts), w.Ct) == 0)
        {
            w.Db.Throttle.Add(new ThrottleRow { Bucket = bucket, WindowStart = window, Attempts = 1 });
            await w.SaveAsync();
        }
    }

    private static async Task<bool> UnlockAsync(WriteTransaction w, long id) => await w.Db.Users
        .Where(u => u.Id == id)
        .ExecuteUpdateAsync(s => s.SetProperty(u => u.FailedLogins, 0).SetProperty(u => u.LockedUntil, (DateTimeOffset?)null), w.Ct) == 1;
}
