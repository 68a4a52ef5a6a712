namespace KohakuRiver.Auth;

/// <summary>
/// Who may use which VPS instance. Assigning needs <see cref="Permissions.ManageVps"/>; changes are in force on the next request.
/// </summary>
public interface IVpsAccessService
{
    /// <summary>
    /// Whether the actor may use an instance: assigned directly or through a group, or allowed to manage VPS. Otherwise refused as Hidden.
    /// The one call a host needs at its own doors.
    /// </summary>
    Task<Decision> CanUseAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);

    /// <summary>The ids of the instances assigned to the actor, directly or through a group. Refusals: Forbidden (no account).</summary>
    Task<KohakuResult<VpsIds>> ListOwnAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// The ids of the instances assigned to a user, directly or through a group. Needs <see cref="Permissions.ManageVps"/>; empty for a
    /// user who is not there.
    /// </summary>
    Task<KohakuResult<VpsIds>> ListOfUserAsync(Actor actor, long userId, CancellationToken cancellationToken = default);

    /// <summary>The assignments of an instance, oldest first. Refusals: Forbidden, Hidden (the host has no such instance).</summary>
    Task<KohakuResult<VpsAssignments>> ListAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The assignments of many instances at once, for the host's own lists; asks for no permission. At most 10 000 ids.
    /// </summary>
    Task<ILookup<string, VpsAssignment>> FindAsync(IReadOnlyCollection<string> vpsIds, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives an instance to users and groups, all or nothing; those who have it keep it. Refusals: Invalid (nobody named, too many),
    /// Forbidden, Hidden (unknown instance, user or group).
    /// </summary>
    Task<KohakuResult<VpsAssignments>> AssignAsync(
        Actor actor, string vpsId, IReadOnlyCollection<long> userIds, IReadOnlyCollection<long> groupIds,
        CancellationToken cancellationToken = default);

    /// <summary>Takes an instance from a user. What they have through a group stays. Refusals: Forbidden, Hidden.</summary>
    Task<KohakuResult> UnassignUserAsync(Actor actor, string vpsId, long userId, CancellationToken cancellationToken = default);

    /// <summary>Takes an instance from a group. Refusals: Forbidden, Hidden.</summary>
    Task<KohakuResult> UnassignGroupAsync(Actor actor, string vpsId, long groupId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets all assignments of an instance that is gone, so that a later one of the same id inherits nothing; gives how many. The host
    /// calls it when it deletes an instance. Needs <see cref="Permissions.ManageVps"/>; use <see cref="Actor.Host"/> for the host itself.
    /// </summary>
    Task<KohakuResult<int>> ForgetVpsAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);
}
