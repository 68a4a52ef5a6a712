namespace KohakuRiver.Auth;

/// <summary>
/// Which sign-ins of other authorities lead to which account. An account is found by issuer and subject alone: an equal name or mail
/// address links nothing.
/// </summary>
public interface IIdentityService
{
    /// <summary>The identities of a user, oldest first: one's own, or <em>manage users</em>; otherwise hidden.</summary>
    Task<KohakuResult<IReadOnlyList<ExternalIdentity>>> ListAsync(
        Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Links somebody's sign-in to the actor's own account, which they confirm by the password. Tokens are refused.
    /// </summary>
    /// <param name="actor">Who links, by a session.</param>
    /// <param name="person">Who the same request is from elsewhere; the caller has verified that.</param>
    /// <param name="currentPassword">The account's password.</param>
    /// <returns>The identity; 409 where it leads to an account already, or the account has one of this provider.</returns>
    Task<KohakuResult<ExternalIdentity>> LinkOwnAsync(
        Actor actor, ExternalPerson person, string? currentPassword, CancellationToken cancellationToken = default);

    /// <summary>
    /// Links a sign-in to the account of another: for the host itself, as when it brings its users along, and for whoever may set that
    /// user's password.
    /// </summary>
    /// <returns>The identity; 409 where it leads to an account already, or the account has one of this provider.</returns>
    Task<KohakuResult<ExternalIdentity>> LinkAsync(
        Actor actor, long userId, ExternalPerson person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Unlinks: one's own (not by a token), or <em>manage users</em>; otherwise hidden. From the next request on it leads nowhere.
    /// </summary>
    /// <returns>409 where the account would have no way in left.</returns>
    Task<KohakuResult> UnlinkAsync(Actor actor, long userId, long identityId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates an account without a password for somebody who signs in elsewhere; returns the existing one where the identity leads to an
    /// account already, also when another caller created it at the same time. Nothing happens before there is an admin.
    /// </summary>
    /// <param name="person">Who it is; the caller has verified that.</param>
    /// <param name="role">The new account's role: viewer, user or operator.</param>
    /// <param name="address">The network address of the request, for the audit log.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other role.</exception>
    Task<KohakuResult<User>> SignUpAsync(
        ExternalPerson person, Role role, string? address, CancellationToken cancellationToken = default);
}
