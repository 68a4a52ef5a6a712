using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfIdentityStore(AuthDatabase database) : EfStore(database), IIdentityStore
{
    // Compiled once per store: every request of somebody who is not linked pays this.
    private readonly Func<AuthDbContext, string, string, CancellationToken, Task<CredentialRow<IdentityRow>?>> find =
        EF.CompileAsyncQuery((AuthDbContext db, string issuer, string subject, CancellationToken _) => db.Identities
            .Where(i => i.Issuer == issuer && i.Subject == subject)
            .Select(i => new CredentialRow<IdentityRow>
            {
                Credential = i,
                User = i.User!,
                GroupIds = db.Memberships.Where(m => m.UserId == i.UserId).OrderBy(m => m.GroupId).Select(m => m.GroupId).ToList(),
            })
            .SingleOrDefault());

    /// <inheritdoc />
    public Task<CredentialRecord?> FindAsync(IdentityKey key, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => await find(db, key.Issuer, key.Subject, cancellationToken) is { } row
            ? new CredentialRecord { Identity = row.Credential.ToModel(), User = row.User.ToModel(), GroupIds = row.GroupIds }
            : null,
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ExternalIdentity>> ListAsync(long userId, CancellationToken cancellationToken) =>
        Database.ReadAsync<IReadOnlyList<ExternalIdentity>>(
        async db =>
        {
            var rows = await db.Identities.Where(i => i.UserId == userId).OrderBy(i => i.Id).ToListAsync(cancellationToken);
            return rows.ConvertAll(row => row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<UserDetails>> TryCreateUserAsync(
        NewUser user, NewIdentity identity, AuthorizedWrite write, CancellationToken cancellationToken) => Database.WriteAsync(
        write,
        [],
        async w =>
        {
            if (await IsTakenAsync(w, identity.Key))
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.IdentityTaken);
            }

            var (status, id) = await AccountWrites.TryAddUserAsync(w, user, user.Role, user.GroupIds);
            if (status != WriteStatus.Done)
            {
                return WriteResult<UserDetails>.Lost(status);
            }

            // Somebody else linked it since the look above; the user is rolled back with it.
            w.Db.Identities.Add(RowOf(id, identity));
            return await w.TrySaveAsync()
                ? WriteResult<UserDetails>.Done(await w.GetDetailsAsync(id, user.CreatedAt))
                : WriteResult<UserDetails>.Lost(WriteStatus.IdentityTaken);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<ExternalIdentity>> TryLinkAsync(
        long userId, NewIdentity identity, string? verifiedHash, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Credentials(userId)],
        async w =>
        {
            var user = await w.Db.Users.Where(u => u.Id == userId).Select(u => u.PasswordHash).SingleOrDefaultAsync(w.Ct);
            WriteStatus? lost = user is null ? WriteStatus.NotFound
                : verifiedHash is not null && user != verifiedHash ? WriteStatus.Conflict
                : await IsTakenAsync(w, identity.Key) ? WriteStatus.IdentityTaken
                : await w.Db.Identities.AnyAsync(i => i.UserId == userId && i.Provider == identity.Provider, w.Ct)
                    ? WriteStatus.SecondIdentity
                : null;
            if (lost is { } status)
            {
                return WriteResult<ExternalIdentity>.Lost(status);
            }

            // The user's credentials are held, so only another user can have linked it since the look above.
            var row = RowOf(userId, identity);
            w.Db.Identities.Add(row);
            if (!await w.TrySaveAsync())
            {
                return WriteResult<ExternalIdentity>.Lost(WriteStatus.IdentityTaken);
            }

            w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
            return WriteResult<ExternalIdentity>.Done(row.ToModel());
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteStatus> TryUnlinkAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Credentials(userId)],
        async w =>
        {
            var own = w.Db.Identities.Where(i => i.Id == id && i.UserId == userId);
            return await own
                    .Where(i => i.User!.PasswordHash != PasswordRecord.NoPassword
                        || w.Db.Identities.Any(o => o.UserId == userId && o.Id != id))
                    .ExecuteDeleteAsync(w.Ct) == 1 ? WriteStatus.Done
                : await own.AnyAsync(w.Ct) ? WriteStatus.LastWayIn
                : WriteStatus.NotFound;
        },
        cancellationToken);

    /// <inheritdoc />
    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => TouchAsync(
        lastSeen,
        static async (w, id, at) =>
        {
            await w.Db.Identities
                .Where(i => i.Id == id && (i.SeenAt == null || i.SeenAt < at))
                .ExecuteUpdateAsync(u => u.SetProperty(i => i.SeenAt, at), w.Ct);
            await w.Db.Users
                .Where(u => u.LastLoginAt < at && w.Db.Identities.Any(i => i.Id == id && i.UserId == u.Id))
                .ExecuteUpdateAsync(s => s.SetProperty(u => u.LastLoginAt, at), w.Ct);
        },
        cancellationToken);

    private static Task<bool> IsTakenAsync(WriteTransaction w, IdentityKey key)
    {
        var (issuer, subject) = key;
        return w.Db.Identities.AnyAsync(i => i.Issuer == issuer && i.Subject == subject, w.Ct);
    }

    private static IdentityRow RowOf(long userId, NewIdentity identity) => new()
    {
        UserId = userId,
        Provider = identity.Provider,
        Issuer = identity.Key.Issuer,
        Subject = identity.Key.Subject,
        LoginName = identity.LoginName,
        LinkedAt = Instants.Cut(identity.LinkedAt),
    };
}
