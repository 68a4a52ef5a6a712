namespace KohakuRiver.Auth.Stores;

/// <summary>
/// A counter that every change to a principal raises in its own transaction. With it a process may cache resolved
/// credentials and still never accept a revoked one: it checks before each use. A store set without one works,
/// but each request costs a look-up.
/// </summary>
/// <remarks>
/// <para>Raised by every change that makes the result of <see cref="ISessionStore.FindAsync"/>,
/// <see cref="ITokenStore.FindAsync(SecretHash, CancellationToken)"/> or <see cref="IIdentityStore.FindAsync"/> differ in more than its
/// times: a user's name, role or language, whether the password must be changed, disabling or deletion, a membership, the end of a session
/// or token, an unlinked identity, in any process. Not raised by a new credential, nor by recording when one was used.</para>
/// <para>Epochs commit in order: a caller that has read epoch n sees every change up to n in all stores of the set.</para>
/// </remarks>
public interface IChangeEpoch
{
    /// <summary>
    /// Returns what was committed after <paramref name="since"/>, as of an instant between this call and its completion: a change
    /// acknowledged before the call is never missed. Callers may share one read if it began after each of them
    /// called. Thread-safe.
    /// </summary>
    /// <param name="since">An epoch read earlier; negative for none, which returns <see cref="PrincipalChanges.Unknown"/>.</param>
    /// <exception cref="StoreUnavailableException">The database is unavailable, so nothing cached may be used.</exception>
    ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken);
}
