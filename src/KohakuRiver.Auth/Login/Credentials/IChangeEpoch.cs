namespace KohakuRiver.Auth.Stores;

/// <summary>
/// A counter that every change to a principal raises in its own transaction. With it a process may keep resolved
/// credentials and still never accept one that has been revoked: it asks before each use. A store set without one works,
/// only each request costs a look-up.
/// </summary>
/// <remarks>
/// <para>Raised by whatever makes the result of <see cref="ISessionStore.FindAsync"/> or
/// <see cref="ITokenStore.FindAsync(SecretHash, CancellationToken)"/> differ in more than its times: a user's name, role, disabling or
/// deletion, a membership, the end of a session or token, by whatever process. Not raised by a new credential, nor by noting when one
/// was used.</para>
/// <para>Epochs commit in order: who has read epoch n sees every change up to n in all stores of the set.</para>
/// </remarks>
public interface IChangeEpoch
{
    /// <summary>
    /// What was committed after <paramref name="since"/>, as of an instant between this call and its completion: a change
    /// acknowledged before the call is never missed. Callers may share one read as long as it began after each of them
    /// called. Thread-safe.
    /// </summary>
    /// <param name="since">An epoch read earlier; negative for none, which gives <see cref="PrincipalChanges.Unknown"/>.</param>
    /// <param name="cancellationToken">Ends the waiting of this caller alone.</param>
    /// <exception cref="StoreUnavailableException">The database does not answer, so that nothing kept may be used.</exception>
    ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken cancellationToken);
}
