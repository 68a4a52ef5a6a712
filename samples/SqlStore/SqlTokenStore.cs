using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>API tokens. A revoked one has no row, nor do those created with it.</summary>
internal sealed class SqlTokenStore(SqlDatabase database) : ITokenStore
{
    private static readonly SqlText Tokens = new("tokens t JOIN users u ON u.id = t.user_id");

    public object TransactionDomain => database;

    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => database.ReadAsync(
        async work => await work.FindAsync(
            $"SELECT {Rows.TokenColumns}, {Rows.UserColumns} FROM {Tokens} WHERE t.hash = {hash}",
            row => Tuple.Create(Rows.Token(row), Rows.User(row))) is var (token, user)
            ? await SqlUserStore.CredentialAsync(work, user, session: null, token)
            : null,
        cancellationToken);

    public Task<ApiToken?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(work => FindAsync(work, id), cancellationToken);

    public Task<Page<ApiToken>> ListAsync(long? userId, PageRequest page, CancellationToken cancellationToken) => database.ReadAsync(
        async work => Paging.Cut(
            await work.ListAsync(
                $"""
                SELECT {Rows.TokenColumns} FROM {Tokens}
                WHERE ({userId} IS NULL OR t.user_id = {userId}) AND t.id < {Paging.Below(page)}
                ORDER BY t.id DESC LIMIT {page.Limit + 1}
                """,
                Rows.Token),
            page,
            await work.NumberAsync($"SELECT COUNT(*) FROM tokens WHERE {userId} IS NULL OR user_id = {userId}"),
            token => token.Id),
        cancellationToken);

    public Task<IReadOnlyList<ApiToken>> SearchAsync(TokenQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        async work =>
        {
            var (prefix, length) = (query.Prefix, query.Prefix?.Length);
            var order = new SqlText(query.ExpiresBefore is null ? "t.id DESC" : "t.expires_at, t.id");
            return (IReadOnlyList<ApiToken>)await work.ListAsync(
                $"""
                SELECT {Rows.TokenColumns} FROM {Tokens}
                WHERE ({query.UserId} IS NULL OR t.user_id = {query.UserId})
                  AND ({query.Ids is null} OR t.id IN (SELECT value FROM json_each({query.Ids ?? []})))
                  AND ({prefix} IS NULL OR substr(t.prefix, 1, {length}) = {prefix})
                  AND ({query.ExpiresAfter} IS NULL OR t.expires_at > {query.ExpiresAfter})
                  AND ({query.ExpiresBefore} IS NULL OR t.expires_at < {query.ExpiresBefore})
                ORDER BY {order} LIMIT {query.Limit}
                """,
                Rows.Token);
        },
        cancellationToken);

    public Task<WriteResult<ApiToken>> TryCreateAsync(NewToken token, AuthorizedWrite write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write,
            async work =>
            {
                var (owner, parent) = (token.UserId, token.ParentId);
                work.MadeId = await work.NumberAsync($"""
                    INSERT INTO tokens (user_id, hash, name, prefix, created_at, expires_at, parent_id)
                    SELECT u.id, {token.Hash}, {token.Name}, {token.Prefix}, {token.CreatedAt}, {token.ExpiresAt}, {parent}
                    FROM users u
                    WHERE u.id = {owner} AND u.is_active = 1
                      AND ({parent} IS NULL OR EXISTS (SELECT 1 FROM tokens p WHERE p.id = {parent} AND p.user_id = u.id))
                      AND {token.Limit} > (
                        SELECT COUNT(*) FROM tokens t WHERE t.user_id = u.id AND (t.expires_at IS NULL OR t.expires_at > {token.CreatedAt}))
                    RETURNING id
                    """);
                return work.MadeId is { } id
                    ? WriteResult<ApiToken>.Done((await FindAsync(work, id))!)
                    : WriteResult<ApiToken>.Lost(await WhyNotAsync(work, token));
            },
            cancellationToken);

    public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken) => database.WriteAsync(
        write,
        async work => await RemoveAsync(work, $"id = {id}") == 0 ? WriteStatus.NotFound : WriteStatus.Done,
        cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastUsed, CancellationToken cancellationToken) => database.WriteAsync(
        async work =>
        {
            foreach (var (id, used) in lastUsed)
            {
                await work.RunAsync(
                    $"UPDATE tokens SET last_used_at = {used} WHERE id = {id} AND (last_used_at IS NULL OR last_used_at < {used})");
            }

            return true;
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(work => RemoveAsync(work, $"expires_at < {before}"), cancellationToken);

    private static Task<ApiToken?> FindAsync(SqlWork work, long id) =>
        work.FindAsync($"SELECT {Rows.TokenColumns} FROM {Tokens} WHERE t.id = {id}", Rows.Token);

    /// <summary>Removes tokens and, transitively, those created with them.</summary>
    private static Task<int> RemoveAsync(SqlWork work, FormattableString which) => work.RunAsync($"""
        WITH RECURSIVE gone (id) AS (
          SELECT id FROM tokens WHERE {which}
          UNION SELECT t.id FROM tokens t JOIN gone ON t.parent_id = gone.id)
        DELETE FROM tokens WHERE id IN (SELECT id FROM gone)
        """);

    private static async Task<WriteStatus> WhyNotAsync(SqlWork work, NewToken token)
    {
        var (owner, parent) = (token.UserId, token.ParentId);
        return !await work.IsAsync($"SELECT EXISTS (SELECT 1 FROM users WHERE id = {owner} AND is_active = 1)") ? WriteStatus.UserMissing
            : parent is not null && !await work.IsAsync($"SELECT EXISTS (SELECT 1 FROM tokens WHERE id = {parent} AND user_id = {owner})")
                ? WriteStatus.Conflict
                : WriteStatus.LimitReached;
    }
}
