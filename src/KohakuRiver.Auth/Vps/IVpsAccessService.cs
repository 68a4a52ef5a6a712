namespace KohakuRiver.Auth;

/// <summary>
/// Who may use which VPS instance. Assigning needs <see cref="Permissions.ManageVps"/>; changes take effect on the next request.
/// </summary>
public interface IVpsAccessService
{
    /// <summary>
    /// Whether the actor may use an instance: assigned directly or through a group, or allowed to manage VPS. Otherwise refused as Hidden.
    /// The one call a host needs to protect its own endpoints.
    /// </summary>
    Task<Decision> CanUseAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);

    /// <summary>The ids of the instances assigned to the actor, directly or through a group. Refusals: Forbidden (no account).</summary>
    Task<KohakuResult<VpsIds>> ListOwnAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// The ids of the instances assigned to a user, directly or through a group. Needs <see cref="Permissions.ManageVps"/>; empty for a
    /// user that does not exist.
    /// </summary>
    Task<KohakuResult<VpsIds>> ListOfUserAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The assignments of an instance, oldest first. Refusals: Forbidden, Hidden (the host has no such instance, and nobody has an
    /// assignment of it).
    /// </summary>
    Task<KohakuResult<VpsAssignments>> ListAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The assignments of instances that the host does not know: an import brought them, or an instance went without
    /// <see cref="ForgetVpsAsync"/>. By id, in ordinal order; empty in a host without <see cref="IVpsDirectory"/>. Needs
    /// <see cref="Permissions.ManageVps"/>.
    /// </summary>
    Task<KohakuResult<IReadOnlyList<VpsAssignments>>> ListUnknownAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// The assignments of many instances at once, for the host's own lists; needs no permission. At most 10 000 ids.
    /// </summary>
    Task<ILookup<string, VpsAssignment>> FindAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Assigns an instance to users and groups, all or nothing; existing assignments stay. Refusals: Invalid (nobody named, too many),
    /// Forbidden, Hidden (unknown instance, user or group).
    /// </summary>
    Task<KohakuResult<VpsAssignments>> AssignAsync(
        Actor actor, string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a user's assignment, also one of an instance that the host does not know. Access through a group stays. Refusals: Forbidden,
    /// Hidden.
    /// </summary>
    Task<KohakuResult> UnassignUserAsync(Actor actor, string vpsId, long userId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a group's assignment, also one of an instance that the host does not know. Refusals: Forbidden, Hidden.
    /// </summary>
    Task<KohakuResult> UnassignGroupAsync(Actor actor, string vpsId, long groupId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes all assignments of a deleted instance, so that a later one with the same id inherits nothing; returns how many. The host
    /// calls it when it deletes an instance. Needs <see cref="Permissions.ManageVps"/>; use <see cref="Actor.Host"/> for the host itself.
    /// </summary>
    Task<KohakuResult<int>> ForgetVpsAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);
}
