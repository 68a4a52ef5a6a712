using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

internal sealed class InMemoryTokenStore(InMemoryDatabase database) : InMemoryStore(database), ITokenStore
{
    public Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken) => Read(
        data => data.Tokens.FindByKey(hash) is { } row ? data.ToCredential(row.Token.Owner.Id, session: null, row.Token) : null,
        cancellationToken);

    public Task<ApiToken?> FindAsync(long id, CancellationToken cancellationToken) =>
        Read(data => data.Tokens.Find(id)?.Token, cancellationToken);

    public Task<Page<ApiToken>> ListAsync(long? userId, PageRequest page, CancellationToken cancellationToken) => Read(
        data => MemoryPaging.Newest(
            data.Tokens.NewestFirst.Select(row => row.Token).Where(token => userId is null || token.Owner.Id == userId),
            page,
            token => token.Id),
        cancellationToken);

    public Task<IReadOnlyList<ApiToken>> SearchAsync(TokenQuery query, CancellationToken cancellationToken) => Read(
        data =>
        {
            var found = data.Tokens.NewestFirst.Select(row => row.Token).Where(token =>
                (query.UserId is null || token.Owner.Id == query.UserId)
                && (query.Ids?.Contains(token.Id) ?? true)
                && (query.Prefix is null || token.Prefix.StartsWith(query.Prefix, StringComparison.Ordinal))
                && (query.ExpiresAfter is null || token.ExpiresAt > query.ExpiresAfter)
                && (query.ExpiresBefore is null || token.ExpiresAt < query.ExpiresBefore));
            if (query.ExpiresBefore is not null)
            {
                found = found.OrderBy(token => token.ExpiresAt).ThenBy(token => token.Id);
            }

            return (IReadOnlyList<ApiToken>)[.. found.Take(query.Limit)];
        },
        cancellationToken);

    public Task<WriteResult<ApiToken>> TryCreateAsync(NewToken token, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            var data = write.Data;
            if (data.Users.Find(token.UserId) is not { User.IsActive: true } owner)
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.UserMissing);
            }

            if (token.ParentId is { } parent && data.Tokens.Find(parent)?.Token.Owner.Id != token.UserId)
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.Conflict);
            }

            var held = data.Tokens.Rows.Count(row => row.Token.Owner.Id == owner.Id && !(row.Token.ExpiresAt <= token.CreatedAt));
            if (held >= token.Limit)
            {
                return WriteResult<ApiToken>.Lost(WriteStatus.LimitReached);
            }

            var made = new ApiToken
            {
                Id = data.Tokens.NextId,
                Owner = new UserRef(owner.Id, owner.User.Username),
                Name = token.Name,
                Prefix = token.Prefix,
                CreatedAt = Instants.Cut(token.CreatedAt),
                ExpiresAt = MemoryEdits.Cut(token.ExpiresAt),
                ParentId = token.ParentId,
            };
            data.Tokens = data.Tokens.With(new TokenRow(made, MemoryEdits.Copy(token.Hash)));
            write.Commit(by, made.Id);
            return WriteResult<ApiToken>.Done(made);
        },
        cancellationToken);

    public Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite by, CancellationToken cancellationToken) => Write(
        by,
        write =>
        {
            if (write.Data.RemoveTokens(row => row.Id == id) == 0)
            {
                return WriteStatus.NotFound;
            }

            write.Commit(by);
            return WriteStatus.Done;
        },
        cancellationToken);

    public Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastUsed, CancellationToken cancellationToken) => Write(
        write =>
        {
            foreach (var (id, used) in lastUsed)
            {
                if (write.Data.Tokens.Find(id) is { } row && !(row.Token.LastUsedAt >= used))
                {
                    var token = row.Token with { LastUsedAt = Instants.Cut(used) };
                    write.Data.Tokens = write.Data.Tokens.With(row with { Token = token });
                }
            }

            write.Commit();
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Write(
        write =>
        {
            var count = write.Data.RemoveTokens(row => row.Token.ExpiresAt < before);
            write.Commit();
            return count;
        },
        cancellationToken);
}
