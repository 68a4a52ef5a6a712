namespace KohakuRiver.Auth;

/// <summary>API tokens: everyone's own, and all of them for those who manage users.</summary>
public interface ITokenService
{
    /// <summary>
    /// Creates a token for the actor. Made through a token it is deleted with that parent at the latest: with its expiry and its
    /// revocation. Refusals: Invalid (<c>name</c>, <c>expires_at</c>, <c>expires_hours</c>), Forbidden (no account), Conflict (too many).
    /// </summary>
    Task<KohakuResult<CreatedToken>> CreateAsync(Actor actor, CreateTokenCommand command, CancellationToken cancellationToken = default);

    /// <summary>A page of the actor's own tokens, newest first.</summary>
    Task<KohakuResult<Page<ApiToken>>> ListOwnAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of one user's tokens, or of all users' when <paramref name="userId"/> is null, newest first. Other users' need
    /// <see cref="Permissions.ManageUsers"/>.
    /// </summary>
    Task<KohakuResult<Page<ApiToken>>> ListAsync(
        Actor actor, long? userId, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>
    /// Revokes a token, and those created with it; the very next request with any of them is refused. Refusals: Hidden (does not exist, or
    /// is another user's and the actor does not manage users).
    /// </summary>
    Task<KohakuResult> RevokeAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
