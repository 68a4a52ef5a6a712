namespace KohakuRiver.Auth.Stores;

/// <summary>API tokens. A revoked token's row is gone.</summary>
public interface ITokenStore : IKohakuStore
{
    /// <summary>The token with its user and groups, or null. Expired ones are returned too; the rules judge them.</summary>
    Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken);

    /// <summary>The token by id, or null.</summary>
    Task<ApiToken?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of tokens, newest first; of one user, or of all users when <paramref name="userId"/> is null.</summary>
    Task<Page<ApiToken>> ListAsync(long? userId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>A few tokens, at most as many as the query's limit.</summary>
    Task<IReadOnlyList<ApiToken>> SearchAsync(TokenQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a token. Lost: <see cref="WriteStatus.UserMissing"/> (gone or disabled), <see cref="WriteStatus.Conflict"/> (the parent
    /// token is gone, or another user's), <see cref="WriteStatus.LimitReached"/> (counting the user's tokens not expired at
    /// <see cref="NewToken.CreatedAt"/>).
    /// </summary>
    Task<WriteResult<ApiToken>> TryCreateAsync(NewToken token, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Revokes a token and, transitively, those created with it. Lost: <see cref="WriteStatus.NotFound"/>.</summary>
    Task<WriteStatus> TryRevokeAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Records when tokens were last used, never backwards. Revoked tokens stay revoked. Writes no audit entry.</summary>
    Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastUsed, CancellationToken cancellationToken);

    /// <summary>Removes tokens that expired before <paramref name="before"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
