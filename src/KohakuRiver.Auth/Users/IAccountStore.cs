namespace KohakuRiver.Auth.Stores;

/// <summary>
/// The verbs that span aggregates: creating, changing and deleting accounts, logging in. Each is one transaction
/// whose guards hold under any race, and each takes its audit entry and the credential it is
/// authorized by (<see cref="AuthorizedWrite"/>). An entry whose
/// <see cref="AuditEntry.TargetId"/> is null gets the id of the user that the verb created. A verb that is not
/// done writes no audit entry.
/// </summary>
public interface IAccountStore : IKohakuStore
{
    /// <summary>
    /// Creates a user with groups, and with the code of <see cref="NewUser.PasswordCode"/> where there is one. Lost:
    /// <see cref="WriteStatus.NameTaken"/>, <see cref="WriteStatus.GroupMissing"/>.
    /// </summary>
    Task<WriteResult<UserDetails>> TryCreateUserAsync(NewUser user, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a user with a session and no code, for hosts with open registration. Lost: <see cref="WriteStatus.NameTaken"/>,
    /// <see cref="WriteStatus.GroupMissing"/>.
    /// </summary>
    Task<WriteResult<AccountLogin>> TryRegisterAsync(
        NewUser user, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one use of an invitation and creates the user with exactly its role and group, and a session. The
    /// guard: uses are left, it is not expired at <see cref="NewUser.CreatedAt"/>, and the creator (where it has one) is active
    /// with at least <paramref name="minimumMakerRole"/>. Of n callers on the last use one wins.
    /// Lost: <see cref="WriteStatus.CodeClosed"/>, <see cref="WriteStatus.NameTaken"/>; neither takes a use.
    /// </summary>
    Task<WriteResult<AccountLogin>> TryRegisterWithInvitationAsync(
        NewUser user, SecretHash code, Role minimumMakerRole, NewSession session, AuthorizedWrite write,
        CancellationToken cancellationToken);

    /// <summary>
    /// Creates the first admin and a session while no user is an admin; of n parallel callers one wins. With
    /// <paramref name="setupCode"/> the code (purpose <see cref="CodePurpose.Setup"/>, not expired) is used up too.
    /// Lost: <see cref="WriteStatus.AdminExists"/>, <see cref="WriteStatus.CodeClosed"/>, <see cref="WriteStatus.NameTaken"/>.
    /// </summary>
    Task<WriteResult<AccountLogin>> TryRegisterFirstAdminAsync(
        NewUser user, SecretHash? setupCode, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a session after the right password, sets the last login, resets the failure count and unlocks.
    /// The guard: the user is active and the stored hash is still <paramref name="verifiedHash"/>. The replaced
    /// session and those over the limit (oldest first) end. Lost: <see cref="WriteStatus.Conflict"/>.
    /// </summary>
    Task<WriteResult<AccountLogin>> TryLogInAsync(
        long userId, string verifiedHash, NewSession session, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a user. Disabling ends all sessions. The guard: an active admin ceases to be one only while another active admin, who has
    /// a password, is left. Lost: <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.GroupMissing"/>,
    /// <see cref="WriteStatus.LastAdmin"/>.
    /// </summary>
    /// <param name="id">The user to change.</param>
    /// <param name="change">The changes.</param>
    /// <param name="now">The time (UTC) for the count of sessions in the result.</param>
    /// <param name="write">The audit entry and the authorizing credential.</param>
    Task<WriteResult<UserDetails>> TryUpdateUserAsync(
        long id, UserChange change, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Changes a user's own password: keeps <paramref name="keepSessionId"/> and the tokens, ends all other sessions,
    /// closes pending reset codes, resets the failure count, and no change is required any more
    /// (<see cref="User.MustChangePassword"/>). The guard: the stored hash is still
    /// <paramref name="verifiedHash"/>. Lost: <see cref="WriteStatus.Conflict"/>.
    /// </summary>
    Task<WriteStatus> TryChangePasswordAsync(
        long id, string verifiedHash, string newHash, long keepSessionId, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Sets a password without the old one: ends all sessions and tokens, closes pending reset codes, unlocks.
    /// Lost: <see cref="WriteStatus.NotFound"/>.
    /// </summary>
    /// <param name="id">The user.</param>
    /// <param name="newHash">The finished hash.</param>
    /// <param name="mustChange">What <see cref="User.MustChangePassword"/> is from then on.</param>
    /// <param name="write">The audit entry and the authorizing credential.</param>
    Task<WriteStatus> TrySetPasswordAsync(
        long id, string newHash, bool mustChange, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// The same by a reset code, which is used up; the user must be the code's, and need not change the password again. Lost:
    /// <see cref="WriteStatus.CodeClosed"/> (unknown, used, of another purpose, or expired at <paramref name="now"/>).
    /// </summary>
    Task<WriteResult<User>> TryResetPasswordAsync(
        SecretHash code, string newHash, DateTimeOffset now, AuthorizedWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a user with sessions, tokens, memberships, assignments, invitations made and pending codes. Approvals
    /// and audit entries stay, with the name; their user ids become null in approvals. The guard is that of
    /// <see cref="TryUpdateUserAsync"/>. Lost: <see cref="WriteStatus.NotFound"/>, <see cref="WriteStatus.LastAdmin"/>.
    /// </summary>
    Task<WriteResult<User>> TryDeleteUserAsync(long id, AuthorizedWrite write, CancellationToken cancellationToken);
}
