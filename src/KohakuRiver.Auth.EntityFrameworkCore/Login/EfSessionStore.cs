using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfSessionStore(AuthDatabase database) : EfStore(database), ISessionStore
{
    // Compiled once per store: every request with an unknown session pays this.
    private readonly Func<AuthDbContext, byte[], CancellationToken, Task<CredentialRow<SessionRow>?>> find = EF.CompileAsyncQuery(
        (AuthDbContext db, byte[] hash, CancellationToken _) => db.Sessions
            .Where(s => s.Hash == hash)
            .Select(s => new CredentialRow<SessionRow>
            {
                Credential = s,
                User = s.User!,
                GroupIds = db.Memberships.Where(m => m.UserId == s.UserId).OrderBy(m => m.GroupId).Select(m => m.GroupId).ToList(),
            })
            .SingleOrDefault());

    /// <inheritdoc />
    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => await find(db, hash.Bytes, cancellationToken) is { } row
            ? new CredentialRecord { Session = row.Credential.ToModel(), User = row.User.ToModel(), GroupIds = row.GroupIds }
            : null,
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<Session>> ListAsync(long userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyList<Session>>(
        async db =>
        {
            var rows = await db.Sessions.Where(s => s.UserId == userId && s.ExpiresAt > now)
                .OrderByDescending(s => s.Id)
                .ToListAsync(cancellationToken);
            return rows.ConvertAll(row => row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Database.ReadAsync(db => db.Sessions.CountAsync(s => s.ExpiresAt > now, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryEndAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Credentials(userId)],
        async w => Found(await w.Db.Sessions.Where(s => s.Id == id && s.UserId == userId).ExecuteDeleteAsync(w.Ct)),
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteCount> EndAllAsync(long userId, long? exceptId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteCountAsync(
        write,
        [StoreHold.Credentials(userId)],
        w =>
        {
            var kept = exceptId ?? 0;
            return w.Db.Sessions.Where(s => s.UserId == userId && s.Id != kept).ExecuteDeleteAsync(w.Ct);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => TouchAsync(
        lastSeen,
        static (w, id, at) => w.Db.Sessions
            .Where(s => s.Id == id && s.LastSeenAt < at)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.LastSeenAt, at), w.Ct),
        cancellationToken);

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset? idleBefore, CancellationToken cancellationToken) => Database.PruneAsync(
        w => w.Db.Sessions.Where(s => s.ExpiresAt <= now || s.LastSeenAt < idleBefore).ExecuteDeleteAsync(w.Ct), cancellationToken);
}
