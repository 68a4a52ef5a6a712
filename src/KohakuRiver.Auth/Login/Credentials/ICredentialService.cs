namespace KohakuRiver.Auth;

/// <summary>
/// Turns a credential into an <see cref="Actor"/>: one look-up, then the pure rules. An unavailable store is an
/// exception, never an anonymous or accepted caller. Looking up is not a use; see <see cref="NoteUse"/>.
/// </summary>
/// <remarks>
/// With stores that offer an <see cref="Stores.IChangeEpoch"/> the result of the look-up is cached; each use is validated against the
/// epoch, so a credential revoked before a call began is refused by it, on every instance.
/// </remarks>
public interface ICredentialService
{
    /// <summary>The actor of a session secret; null when it is malformed, unknown, ended, expired, idle, or its user is disabled.</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    ValueTask<Actor?> FindSessionActorAsync(string secret, string? address, CancellationToken cancellationToken = default);

    /// <summary>The actor of an API token; null when it is malformed, unknown, revoked, expired, or its user is disabled.</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    ValueTask<Actor?> FindTokenActorAsync(string secret, string? address, CancellationToken cancellationToken = default);

    /// <summary>
    /// The actor of somebody who signs in elsewhere; null when no account is linked to the identity, its user is disabled, or
    /// <paramref name="expiresAt"/> has passed.
    /// </summary>
    /// <param name="identity">Issuer and subject; the caller has verified that the request is from there.</param>
    /// <param name="address">The network address of the request.</param>
    /// <param name="expiresAt">When the sign-in there ends, UTC; null when that is not known.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    ValueTask<Actor?> FindIdentityActorAsync(
        IdentityKey identity, string? address, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Many actors at once, in their current state and in the order requested; null where the credential is no longer valid. Changes
    /// are read once for all of them.
    /// </summary>
    /// <param name="asked">
    /// Actors of sessions, tokens and identities found earlier, each with its secret; for an identity that is the text of its
    /// <see cref="IdentityKey"/>.
    /// </param>
    /// <exception cref="ArgumentException">One of the actors has no such credential.</exception>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    Task<IReadOnlyList<Actor?>> FindActorsAsync(
        IReadOnlyList<(Actor Before, string Secret)> asked, CancellationToken cancellationToken = default);

    /// <summary>
    /// The actor <c>_system</c> when <paramref name="sent"/> is a configured master secret. Compared in constant time; wrong ones are
    /// throttled per address and audited.
    /// </summary>
    Task<KohakuResult<Actor>> CheckMasterSecretAsync(string sent, string? address, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records that the actor's session, token or identity was used now. Costs no I/O; does nothing for actors without one. A background
    /// service writes the recorded uses, at most once a minute for each credential.
    /// </summary>
    void NoteUse(Actor actor);

    /// <summary>
    /// Writes the recorded uses now, for a process that runs no background services. An outage is logged and the uses are kept; a
    /// write never restores a revoked credential.
    /// </summary>
    Task WriteUsesAsync(CancellationToken cancellationToken = default);
}
