namespace KohakuRiver.Auth;

/// <summary>
/// What lets other people in: their sessions (hidden from whoever does not manage users) and password reset links
/// (<see cref="Permissions.ManageUsers"/>).
/// </summary>
public interface IUserCredentialService
{
    /// <summary>A user's sessions that are alive, newest first. Refusals: Hidden (no such user, or none of the actor's business).</summary>
    Task<KohakuResult<OwnSessions>> ListSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends one session of a user. Refusals: Hidden (no such user, no such session of theirs, or none of the actor's business).
    /// </summary>
    Task<KohakuResult> EndSessionAsync(Actor actor, long userId, long sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends all sessions of a user; gives how many. Refusals: Hidden.</summary>
    Task<KohakuResult<int>> EndSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes a password reset code (24 hours, one use) in place of an earlier one. Nothing of the user changes until it is used.
    /// Refusals: Invalid (oneself), Forbidden, Hidden.
    /// </summary>
    Task<KohakuResult<CreatedCode>> CreateResetCodeAsync(Actor actor, long userId, CancellationToken cancellationToken = default);
}
