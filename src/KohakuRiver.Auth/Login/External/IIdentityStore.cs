namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Sign-ins of other authorities that lead to accounts. An identity is deleted with its user, and by
/// <see cref="IAccountStore.TrySetPasswordAsync"/> and <see cref="IAccountStore.TryResetPasswordAsync"/> where the account had a password.
/// </summary>
public interface IIdentityStore : IKohakuStore
{
    /// <summary>The identity with its user and groups, or null. Issuer and subject are compared byte for byte.</summary>
    Task<CredentialRecord?> FindAsync(IdentityKey key, CancellationToken cancellationToken);

    /// <summary>A user's identities, oldest first.</summary>
    Task<IReadOnlyList<ExternalIdentity>> ListAsync(long userId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a user without a password whose only way in is the identity. Of n callers with one identity one wins. Lost:
    /// <see cref="WriteStatus.IdentityTaken"/>, <see cref="WriteStatus.NameTaken"/>, <see cref="WriteStatus.GroupMissing"/>; where more
    /// than one applies, the first of these.
    /// </summary>
    Task<WriteResult<UserDetails>> TryCreateUserAsync(
        NewUser user, NewIdentity identity, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Links an identity to a user. The guard: the user exists and, with <paramref name="verifiedHash"/>, the stored hash is still that
    /// one. Of n callers with one identity one wins. Lost: <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.Conflict"/> (the
    /// password has changed), <see cref="WriteStatus.IdentityTaken"/> (by anybody, the user included),
    /// <see cref="WriteStatus.SecondIdentity"/>; where more than one applies, the first of these.
    /// </summary>
    Task<WriteResult<ExternalIdentity>> TryLinkAsync(
        long userId, NewIdentity identity, string? verifiedHash, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Removes an identity of a user. The guard: a password or another identity is left to log in with. Lost:
    /// <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.LastWayIn"/>.
    /// </summary>
    Task<WriteStatus> TryUnlinkAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Records when identities were last used, which are logins of their users, too. Never moves a time backwards and never restores a
    /// deleted row.
    /// </summary>
    Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken);
}
