namespace KohakuRiver.Auth;

/// <summary>
/// Groups, their members and their quotas. Reading needs <see cref="Permissions.ListUsers"/>, changing
/// <see cref="Permissions.ManageUsers"/>.
/// </summary>
public interface IGroupService
{
    /// <summary>A page of groups, newest first.</summary>
    Task<KohakuResult<Page<Group>>> ListAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default);

    /// <summary>One group. Refusals: Hidden (does not exist).</summary>
    Task<KohakuResult<Group>> GetAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>Creates a group. Refusals: Invalid (fields), Forbidden, Conflict (name taken).</summary>
    Task<KohakuResult<Group>> CreateAsync(Actor actor, CreateGroupCommand command, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a group; null leaves a field unchanged. Refusals: Invalid, Forbidden, Hidden (does not exist), Conflict (name taken).
    /// </summary>
    Task<KohakuResult<Group>> UpdateAsync(Actor actor, UpdateGroupCommand command, CancellationToken cancellationToken = default);

    /// <summary>Deletes a group with its memberships, VPS assignments and invitations. Refusals: Forbidden, Hidden.</summary>
    Task<KohakuResult> DeleteAsync(Actor actor, long id, CancellationToken cancellationToken = default);

    /// <summary>A page of a group's members; sets the query's group. Refusals: Hidden (no such group).</summary>
    Task<KohakuResult<Page<UserDetails>>> ListMembersAsync(
        Actor actor, long id, UserQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds a member; does nothing for an existing one. Refusals: Forbidden, Hidden (no such group or user).</summary>
    Task<KohakuResult> AddMemberAsync(Actor actor, long id, long userId, CancellationToken cancellationToken = default);

    /// <summary>Removes a member, effective on their next request. Refusals: Forbidden, Hidden (no such membership).</summary>
    Task<KohakuResult> RemoveMemberAsync(Actor actor, long id, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The quotas in force for a user, by key: the most generous value among the user's groups, and each names the
    /// group it comes from. For the host's own checks; needs no permission.
    /// </summary>
    Task<IReadOnlyList<EffectiveLimit>> GetLimitsAsync(long userId, CancellationToken cancellationToken = default);
}
