using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Sign-ins of other authorities. SQLite compares text byte for byte unless told otherwise, as these must be.</summary>
internal sealed class SqlIdentityStore(SqlDatabase database) : IIdentityStore
{
    public object TransactionDomain => database;

    public Task<CredentialRecord?> FindAsync(IdentityKey key, CancellationToken cancellationToken) => database.ReadAsync(
        async work => await work.FindAsync(
            $"""
            SELECT {Rows.IdentityColumns}, {Rows.UserColumns} FROM identities i JOIN users u ON u.id = i.user_id
            WHERE i.issuer = {key.Issuer} AND i.subject = {key.Subject}
            """,
            row => Tuple.Create(Rows.Identity(row), Rows.User(row))) is var (identity, user)
            ? await SqlUserStore.CredentialAsync(work, user, identity: identity)
            : null,
        cancellationToken);

    public Task<IReadOnlyList<ExternalIdentity>> ListAsync(long userId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ExternalIdentity>>(
            async work => await work.ListAsync(
                $"SELECT {Rows.IdentityColumns} FROM identities i WHERE i.user_id = {userId} ORDER BY i.id", Rows.Identity),
            cancellationToken);

    public Task<WriteResult<UserDetails>> TryCreateUserAsync(
        NewUser user, NewIdentity identity, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work =>
        {
            if (await IsTakenAsync(work, identity.Key))
            {
                return WriteResult<UserDetails>.Lost(WriteStatus.IdentityTaken);
            }

            if (await AccountRows.AddUserAsync(work, user, user.Role, user.GroupIds, lastLogin: null) is { } lost)
            {
                return WriteResult<UserDetails>.Lost(lost);
            }

            // The audit entry is about the user, whose id is the one made.
            var id = work.MadeId!.Value;
            await InsertAsync(work, id, identity);
            return WriteResult<UserDetails>.Done(await SqlAccountStore.DetailsAsync(work, id, user.CreatedAt));
        },
        cancellationToken);

    public Task<WriteResult<ExternalIdentity>> TryLinkAsync(
        long userId, NewIdentity identity, string? verifiedHash, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                WriteStatus? lost =
                    !await work.IsAsync($"SELECT EXISTS (SELECT 1 FROM users WHERE id = {userId})") ? WriteStatus.NotFound
                    : verifiedHash is not null
                        && !await work.IsAsync($"""
                            SELECT EXISTS (SELECT 1 FROM users WHERE id = {userId} AND password_hash = {verifiedHash})
                            """)
                        ? WriteStatus.Conflict
                    : await IsTakenAsync(work, identity.Key) ? WriteStatus.IdentityTaken
                    : await work.IsAsync($"""
                        SELECT EXISTS (SELECT 1 FROM identities WHERE user_id = {userId} AND provider = {identity.Provider})
                        """) ? WriteStatus.SecondIdentity
                    : null;
                if (lost is { } status)
                {
                    return WriteResult<ExternalIdentity>.Lost(status);
                }

                work.MadeId = await InsertAsync(work, userId, identity);
                return WriteResult<ExternalIdentity>.Done((await work.FindAsync(
                    $"SELECT {Rows.IdentityColumns} FROM identities i WHERE i.id = {work.MadeId}", Rows.Identity))!);
            },
            cancellationToken);

    public Task<WriteStatus> TryUnlinkAsync(
        long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await work.RunAsync($"""
            DELETE FROM identities
            WHERE id = {id} AND user_id = {userId}
              AND (EXISTS (SELECT 1 FROM users u WHERE u.id = {userId} AND u.password_hash <> {PasswordRecord.NoPassword})
                OR EXISTS (SELECT 1 FROM identities o WHERE o.user_id = {userId} AND o.id <> {id}))
            """) == 1 ? WriteStatus.Done
            : await work.IsAsync($"SELECT EXISTS (SELECT 1 FROM identities WHERE id = {id} AND user_id = {userId})")
                ? WriteStatus.LastWayIn
                : WriteStatus.NotFound,
        cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            foreach (var (id, seen) in lastSeen)
            {
                await work.RunAsync($"UPDATE identities SET seen_at = {seen} WHERE id = {id} AND (seen_at IS NULL OR seen_at < {seen})");
                await work.RunAsync($"""
                    UPDATE users SET last_login_at = {seen}
                    WHERE id = (SELECT user_id FROM identities WHERE id = {id}) AND (last_login_at IS NULL OR last_login_at < {seen})
                    """);
            }

            return true;
        },
        cancellationToken);

    private static Task<bool> IsTakenAsync(SqlWork work, IdentityKey key) => work.IsAsync($"""
        SELECT EXISTS (SELECT 1 FROM identities WHERE issuer = {key.Issuer} AND subject = {key.Subject})
        """);

    private static Task<long?> InsertAsync(SqlWork work, long userId, NewIdentity identity) => work.NumberAsync($"""
        INSERT INTO identities (user_id, provider, issuer, subject, login_name, linked_at)
        VALUES (
          {userId}, {identity.Provider}, {identity.Key.Issuer}, {identity.Key.Subject}, {identity.LoginName}, {identity.LinkedAt})
        RETURNING id
        """);
}
