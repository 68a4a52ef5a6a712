namespace KohakuRiver.Auth.Stores;

/// <summary>Sessions. They are created by the verbs of <see cref="IAccountStore"/>; an ended session's row is gone.</summary>
public interface ISessionStore : IKohakuStore
{
    /// <summary>The session with its user and groups, or null. Expired ones are returned too; the rules judge them.</summary>
    Task<CredentialRecord?> FindAsync(SecretHash hash, CancellationToken cancellationToken);

    /// <summary>A user's sessions not expired at <paramref name="now"/>, newest first.</summary>
    Task<IReadOnlyList<Session>> ListAsync(long userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How many sessions of all users are not expired at <paramref name="now"/>.</summary>
    Task<int> CountAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends one session of the user. Lost: <see cref="WriteStatus.NotFound"/> (does not exist, or is another user's).</summary>
    Task<WriteStatus> TryEndAsync(long id, long userId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Ends all sessions of the user but <paramref name="exceptId"/>; returns how many. Writes the audit entry even for none.
    /// </summary>
    Task<WriteCount> EndAllAsync(long userId, long? exceptId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>Records when sessions were last seen, never backwards. Ended sessions stay ended. Writes no audit entry.</summary>
    Task TouchAsync(IReadOnlyDictionary<long, DateTimeOffset> lastSeen, CancellationToken cancellationToken);

    /// <summary>
    /// Removes sessions that are expired at <paramref name="now"/>, or not seen since <paramref name="idleBefore"/>; returns how many.
    /// </summary>
    Task<int> PruneAsync(DateTimeOffset now, DateTimeOffset? idleBefore, CancellationToken cancellationToken);
}
