namespace KohakuRiver.Auth;

/// <summary>
/// Other users' access: their sessions (hidden from actors who do not manage users) and password reset links
/// (<see cref="Permissions.ManageUsers"/>).
/// </summary>
public interface IUserCredentialService
{
    /// <summary>A user's active sessions, newest first. Refusals: Hidden (no such user, or not visible to the actor).</summary>
    Task<KohakuResult<OwnSessions>> ListSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends one session of a user. Refusals: Hidden (no such user, no such session of theirs, or not visible to the actor).
    /// </summary>
    Task<KohakuResult> EndSessionAsync(Actor actor, long userId, long sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends all sessions of a user; returns how many. Refusals: Hidden.</summary>
    Task<KohakuResult<int>> EndSessionsAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a password reset code (one use; 24 hours, or 7 days for an account that has no password yet) in place of an earlier one. The
    /// user does not change until it is used.
    /// Refusals: Invalid (oneself), Forbidden, Hidden.
    /// </summary>
    Task<KohakuResult<CreatedCode>> CreateResetCodeAsync(Actor actor, long userId, CancellationToken cancellationToken = default);
}
