namespace KohakuRiver.Auth;

/// <summary>The actor's own account. The master secret and disabled authentication have none: Forbidden.</summary>
public interface IAccountService
{
    /// <summary>
    /// The actor's own user; also for a user of the role <c>anony</c>, for whom everything else here is Forbidden. Refusals:
    /// Unauthenticated, Forbidden (no account).
    /// </summary>
    Task<KohakuResult<UserDetails>> GetAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes what people decide about their own account: display name and language. Refusals: Invalid (<c>display_name</c>,
    /// <c>language</c>; also when there is nothing to change), Forbidden (no account).
    /// </summary>
    Task<KohakuResult<UserDetails>> UpdateAsync(Actor actor, UpdateAccountCommand change, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes the actor's password: needs a session and the current password, ends the other sessions, keeps the tokens. A wrong
    /// current password counts like a failed login. Refusals: Invalid (<c>current_password</c>, <c>new_password</c>),
    /// Forbidden (no account, a token), Conflict (changed elsewhere in the meantime), Throttled, Busy.
    /// </summary>
    Task<KohakuResult> ChangePasswordAsync(
        Actor actor, string? currentPassword, string? newPassword, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for the actor's own password again before something that cannot be undone. A wrong one counts like a failed login.
    /// Refusals: Invalid (<c>current_password</c>), Forbidden (no account, a token), Throttled, Busy.
    /// </summary>
    Task<KohakuResult> ConfirmPasswordAsync(Actor actor, string? currentPassword, CancellationToken cancellationToken = default);

    /// <summary>
    /// Whose password a reset code sets, for the page that asks for the new one. An unknown code counts as a guess. Refusals: Invalid
    /// (<c>code</c>), Throttled.
    /// </summary>
    Task<KohakuResult<ResetPreview>> PreviewResetAsync(string? code, ClientInfo client, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets a new password by a reset code, which is used up; ends all sessions and tokens of its user. Refusals: Invalid
    /// (<c>code</c>, <c>new_password</c>), Throttled, Busy.
    /// </summary>
    Task<KohakuResult> ResetPasswordAsync(
        string? code, string? newPassword, ClientInfo client, CancellationToken cancellationToken = default);

    /// <summary>The actor's active sessions, newest first.</summary>
    Task<KohakuResult<OwnSessions>> ListSessionsAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Ends one of the actor's sessions. Refusals: Hidden (does not exist, or is another user's).</summary>
    Task<KohakuResult> EndSessionAsync(Actor actor, long sessionId, CancellationToken cancellationToken = default);
}
