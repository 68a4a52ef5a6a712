using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>Sessions. An ended one has no row.</summary>
internal sealed class SqlSessionStore(SqlDatabase database) : ISessionStore
{
    public object TransactionDomain => database;

    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        async work => await work.FindAsync(
            $"SELECT {Rows.SessionColumns}, {Rows.UserColumns} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = {hash}",
            row => Tuple.Create(Rows.Session(row), Rows.User(row))) is var (session, user)
            ? await SqlUserStore.CredentialAsync(work, user, session, token: null)
            : null,
        cancellationToken);

    public Task<IReadOnlyList<Session>> ListAsync(long userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Session>>(
            async work => await work.ListAsync(
                $"SELECT {Rows.SessionColumns} FROM sessions s WHERE s.user_id = {userId} AND s.expires_at > {now} ORDER BY s.id DESC",
                Rows.Session),
            cancellationToken);

    public Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.ReadAsync(
        async work => (int)(await work.NumberAsync($"SELECT COUNT(*) FROM sessions WHERE expires_at > {now}") ?? 0),
        cancellationToken);

    public Task<WriteStatus> TryEndAsync(
        long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await work.RunAsync($"DELETE FROM sessions WHERE id = {id} AND user_id = {userId}") == 1
            ? WriteStatus.Done
            : WriteStatus.NotFound,
        cancellationToken);

    public Task<WriteCount> EndAllAsync(long userId, long? exceptId, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteCountAsync(
            write,
            work => work.RunAsync($"DELETE FROM sessions WHERE user_id = {userId} AND ({exceptId} IS NULL OR id <> {exceptId})"),
            cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            foreach (var (id, seen) in lastSeen)
            {
                await work.RunAsync($"UPDATE sessions SET last_seen_at = {seen} WHERE id = {id} AND last_seen_at < {seen}");
            }

            return true;
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset? idleBefore, CancellationToken cancellationToken) => database.WriteAsync(
        work => work.RunAsync($"DELETE FROM sessions WHERE expires_at <= {now} OR last_seen_at < {idleBefore}"),
        cancellationToken);
}
