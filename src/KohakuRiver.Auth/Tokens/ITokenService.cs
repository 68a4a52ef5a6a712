namespace KohakuRiver.Auth;

/// <summary>API tokens: one's own for everybody, everybody's for those who manage users.</summary>
public interface ITokenService
{
    /// <summary>
    /// Makes a token for the actor. Made through a token it dies with its maker at the latest: with its expiry and its
    /// revocation. Refusals: Invalid (<c>name</c>, <c>expires_at</c>, <c>expires_hours</c>), Forbidden (no account), Conflict (too many).
    /// </summary>
    Task<KohakuResult<CreatedToken>> CreateAsync(Actor actor, CreateTokenCommand command, CancellationToken cancellationToken = default);

    /// <summary>A page of one's own tokens, newest first.</summary>
    Task<KohakuResult<Page<ApiToken>>> ListOwnAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of one user's tokens, or of everybody's when <paramref name="userId"/> is null, newest first. Others' need
    /// <see cref="Permissions.ManageUsers"/>.
    /// </summary>
    Task<KohakuResult<Page<ApiToken>>> ListAsync(
        Actor actor, long? userId, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// Revokes a token, and those made with it; the very next request with any of them is refused. Refusals: Hidden (not there, or
    /// another's and the actor does not manage users).
    /// </summary>
    Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
