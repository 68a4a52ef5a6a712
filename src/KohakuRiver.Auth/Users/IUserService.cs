namespace KohakuRiver.Auth;

/// <summary>
/// Other users' accounts: reading needs <see cref="Permissions.ListUsers"/>, changing <see cref="Permissions.ManageUsers"/>. Every change
/// takes effect on the user's next request, on every instance.
/// </summary>
public interface IUserService
{
    /// <summary>A page of users with groups and active sessions.</summary>
    Task<KohakuResult<Page<UserDetails>>> ListAsync(Actor actor, UserQuery query, CancellationToken cancellationToken = default);

    /// <summary>One user. Refusals: Hidden (does not exist).</summary>
    Task<KohakuResult<UserDetails>> GetAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// One user by login name, regardless of case as names are (<c>Mary</c> finds <c>mary</c>). Refusals: Hidden (does not exist).
    /// </summary>
    Task<KohakuResult<UserDetails>> FindByNameAsync(Actor actor, string username, CancellationToken cancellationToken = default);

    /// <summary>
    /// What <see cref="CreateAsync"/> would refuse, all faults at once, before somebody is asked to confirm it. Creates nothing and
    /// promises nothing: others may take the name meanwhile. Refusals: Invalid (fields), Forbidden, Conflict (name taken and no other
    /// fault).
    /// </summary>
    Task<KohakuResult> CheckNewAsync(Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>Creates a user. Refusals: Invalid (fields), Forbidden, Conflict (name taken), Busy.</summary>
    Task<KohakuResult<UserDetails>> CreateAsync(Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates a user without a password, whom nobody can log in as yet, and a code valid once and for 7 days by which the person sets
    /// one; both or neither. The secret is not available again. Refusals: as for <see cref="CreateAsync"/>.
    /// </summary>
    /// <param name="actor">Who creates it.</param>
    /// <param name="command">The user; <see cref="CreateUserCommand.Password"/> is null.</param>
    Task<KohakuResult<CreatedUser>> CreateWithCodeAsync(
        Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes display name, role, groups, whether the account is enabled, and whether its password must be changed, all or nothing.
    /// Refusals: Invalid (fields, oneself), Forbidden, Hidden (does not exist), Conflict (the last active admin).
    /// </summary>
    Task<KohakuResult<UserDetails>> UpdateAsync(Actor actor, UpdateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets a user's password; ends their sessions and tokens. Refusals: Invalid (<c>new_password</c>, oneself), Forbidden, Hidden, Busy.
    /// </summary>
    /// <param name="actor">Who sets it.</param>
    /// <param name="id">The user.</param>
    /// <param name="newPassword">The password.</param>
    /// <param name="mustChange">
    /// Whether the person must choose another one at the next login; see <see cref="User.MustChangePassword"/>. Without it an earlier
    /// such requirement ends.
    /// </param>
    Task<KohakuResult> SetPasswordAsync(
        Actor actor, long id, string? newPassword, bool mustChange = false, CancellationToken cancellationToken = default);

    /// <summary>Unlocks password login and resets the failure count. Refusals: Forbidden, Hidden.</summary>
    Task<KohakuResult> UnlockAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a user with all their credentials; what they submitted stays, under their name. Refusals: Invalid (oneself),
    /// Forbidden, Hidden, Conflict (the last active admin).
    /// </summary>
    Task<KohakuResult<User>> DeleteAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
