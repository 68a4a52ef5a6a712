namespace KohakuRiver.Auth;

/// <summary>
/// Other people's accounts: reading needs <see cref="Permissions.ListUsers"/>, changing <see cref="Permissions.ManageUsers"/>. Every change
/// is in force on the user's next request, on every instance.
/// </summary>
public interface IUserService
{
    /// <summary>A page of users with groups and live sessions.</summary>
    Task<KohakuResult<Page<UserDetails>>> ListAsync(Actor actor, UserQuery query, CancellationToken cancellationToken = default);

    /// <summary>One user. Refusals: Hidden (not there).</summary>
    Task<KohakuResult<UserDetails>> GetAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>Makes a user. Refusals: Invalid (fields), Forbidden, Conflict (name taken), Busy.</summary>
    Task<KohakuResult<UserDetails>> CreateAsync(Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes display name, role, groups, and whether the account is enabled, all or nothing. Refusals: Invalid (fields, oneself),
    /// Forbidden, Hidden (not there), Conflict (the last active admin).
    /// </summary>
    Task<KohakuResult<UserDetails>> UpdateAsync(Actor actor, UpdateUserCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets somebody's password; ends their sessions and tokens. Refusals: Invalid (<c>new_password</c>, oneself), Forbidden, Hidden, Busy.
    /// </summary>
    Task<KohakuResult> SetPasswordAsync(Actor actor, long id, string? newPassword, CancellationToken cancellationToken = default);

    /// <summary>Unlocks password login and sets the failure count back. Refusals: Forbidden, Hidden.</summary>
    Task<KohakuResult> UnlockAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a user with everything that lets them in; what they submitted stays, under their name. Refusals: Invalid (oneself),
    /// Forbidden, Hidden, Conflict (the last active admin).
    /// </summary>
    Task<KohakuResult<User>> DeleteAsync(Actor actor, long id, CancellationToken cancellationToken = default);
}
