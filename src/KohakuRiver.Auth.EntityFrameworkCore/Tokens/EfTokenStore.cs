using System.Globalization;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed class EfTokenStore(AuthDatabase database) : EfStore(database), ITokenStore
{
    // Compiled once per store: every request with an unknown token pays this.
    private readonly Func<AuthDbContext, byte[], CancellationToken, Task<CredentialRow<TokenRow>?>> find = EF.CompileAsyncQuery(
        (AuthDbContext db, byte[] hash, CancellationToken _) => db.Tokens
            .Where(t => t.Hash == hash)
            .Select(t => new CredentialRow<TokenRow>
            {
                Credential = t,
                User = t.User!,
                GroupIds = db.Memberships.Where(m => m.UserId == t.UserId).OrderBy(m => m.GroupId).Select(m => m.GroupId).ToList(),
            })
            .SingleOrDefault());

    /// <inheritdoc />
    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => Database.ReadAsync(
        async db => await find(db, hash.Bytes, cancellationToken) is { } row
            ? new CredentialRecord
            {
                Token = row.Credential.ToModel(row.User.Username),
                User = row.User.ToModel(),
                GroupIds = row.GroupIds,
            }
            : null,
        cancellationToken);

    /// <inheritdoc />
    public Task<ApiToken?> FindAsync(long id, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var row = await db.Tokens.Where(t => t.Id == id)
                .Select(t => new { Token = t, t.User!.Username })
                .SingleOrDefaultAsync(cancellationToken);
            return row?.Token.ToModel(row.Username);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<Page<ApiToken>> ListAsync(long? userId, PageRequest page, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            var before = page.IdBefore();
            var matching = userId is { } owner ? db.Tokens.Where(t => t.UserId == owner) : db.Tokens;
            var rows = await matching
                .Where(t => t.Id < before)
                .OrderByDescending(t => t.Id)
                .Take(page.Limit + 1)
                .Select(t => new { Token = t, t.User!.Username })
                .ToListAsync(cancellationToken);
            var total = await matching.LongCountAsync(cancellationToken);
            return rows.ToPage(page.Limit, total, row => row.Token.ToModel(row.Username), row => row.Token.Id);
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<ApiToken>> SearchAsync(TokenQuery query, CancellationToken cancellationToken) => Database.ReadAsync(
        async db =>
        {
            IQueryable<TokenRow> matching = db.Tokens;
            if (query.UserId is { } owner)
            {
                matching = matching.Where(t => t.UserId == owner);
            }

            if (query.Ids is { } ids)
            {
                matching = matching.Where(t => ids.Contains(t.Id));
            }

            if (query.Prefix is { } prefix)
            {
                // A range of the index; LIKE knows no case in SQLite, and may not use the index in PostgreSQL.
                matching = matching.Where(t => string.Compare(t.Prefix, prefix) >= 0);
                if (TextKey.AfterPrefix(prefix) is { } end)
                {
                    matching = matching.Where(t => string.Compare(t.Prefix, end) < 0);
                }
            }

            if (query.ExpiresAfter is { } after)
            {
                matching = matching.Where(t => t.ExpiresAt > after);
            }

            if (query.ExpiresBefore is { } before)
            {
                matching = matching.Where(t => t.ExpiresAt < before);
            }

            matching = query.ExpiresBefore is null
                ? matching.OrderByDescending(t => t.Id)
                : matching.OrderBy(t => t.ExpiresAt).ThenBy(t => t.Id);
            var rows = await matching.Take(query.Limit)
                .Select(t => new { Token = t, t.User!.Username })
                .ToListAsync(cancellationToken);
            return (IReadOnlyList<ApiToken>)rows.ConvertAll(row => row.Token.ToModel(row.Username));
        },
        cancellationToken);

    /// <inheritdoc />
    public Task<WriteResult<ApiToken>> TryCreateAsync(NewToken token, AuthorizedWrite write, CancellationToken cancellationToken) =>
        Database.WriteAsync(
        write,
        [StoreHold.Credentials(token.UserId)],
        async w =>
        {
            var username = await w.Db.Users.Where(u => u.Id == token.UserId && u.IsActive)
                .Select(u => u.Username)
                .SingleOrDefaultAsync(w.Ct);
            if (username is null)
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.UserMissing);
            }

            if (token.ParentId is { } parent && !await w.Db.Tokens.AnyAsync(t => t.Id == parent && t.UserId == token.UserId, w.Ct))
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.Conflict);
            }

            var at = token.CreatedAt;
            if (await w.Db.Tokens.CountAsync(
                t => t.UserId == token.UserId && (t.ExpiresAt == null || t.ExpiresAt > at), w.Ct) >= token.Limit)
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.LimitReached);
            }

            var row = new TokenRow
            {
                UserId = token.UserId,
                ParentId = token.ParentId,
                Hash = token.Hash.Bytes,
                Prefix = token.Prefix,
                Name = token.Name,
                CreatedAt = Instants.Cut(token.CreatedAt),
                ExpiresAt = token.ExpiresAt is { } expiry ? Instants.Cut(expiry) : null,
            };
            w.Db.Tokens.Add(row);
            await w.SaveAsync();
            w.MadeId = row.Id.ToString(CultureInfo.InvariantCulture);
            return WriteResult<ApiToken>.Done(row.ToModel(username));
        },
        cancellationToken);

    /// <inheritdoc />
    public async Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken)
    {
        // A token never changes its owner, so the owner is read before the transaction, for its first lock.
        var owner = await Database.ReadAsync(
            db => db.Tokens.Where(t => t.Id == id).Select(t => (long?)t.UserId).SingleOrDefaultAsync(cancellationToken), cancellationToken);
        return await Database.WriteAsync(
            write,
            owner is { } userId ? [StoreHold.Credentials(userId)] : [],
            async w => Found(await w.Db.Tokens.Where(t => t.Id == id).ExecuteDeleteAsync(w.Ct)),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastUsed, CancellationToken cancellationToken) => TouchAsync(
        lastUsed,
        static (w, id, at) => w.Db.Tokens
            .Where(t => t.Id == id && (t.LastUsedAt == null || t.LastUsedAt < at))
            .ExecuteUpdateAsync(u => u.SetProperty(t => t.LastUsedAt, at), w.Ct),
        cancellationToken);

    /// <inheritdoc />
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Database.PruneAsync(
        async w =>
        {
            // The statement's own count omits the rows deleted with a parent. Where writers run in parallel the
            // number is approximate.
            var count = await w.Db.Tokens.CountAsync(w.Ct);
            await w.Db.Tokens.Where(t => t.ExpiresAt < before).ExecuteDeleteAsync(w.Ct);
            return Math.Max(0, count - await w.Db.Tokens.CountAsync(w.Ct));
        },
        cancellationToken);
}
