namespace KohakuRiver.Auth;

/// <summary>
/// Creates and deletes VPS instances through the host's <see cref="IVpsLifecycle"/>, for the panel and for calls of the host's own. All of
/// it needs <see cref="Permissions.ManageVps"/>, whoever an instance belongs to.
/// </summary>
/// <remarks>
/// <para>
/// The host's instances and the assignments cannot change in one transaction, so the order is fixed. <b>Creating</b>: the host's instance,
/// then the audit entry. After a crash in between the instance is there, listed, assigned to nobody and not in the audit log.
/// <b>Deleting</b>: the host's instance, then, in one transaction, its assignments and the audit entry. After a crash in between the
/// instance is gone and its assignments are listed as unknown (<see cref="IVpsAccessService.ListUnknownAsync"/>): they lead nowhere, nobody
/// can be given more, and deleting once more removes and records them. An instance is never without assignments while it still exists.
/// </para>
/// <para>
/// Before the host is called, the actor's credential is looked up once more and the user side's database is known to answer. What the host
/// has done is recorded whether or not the actor is still there by then.
/// </para>
/// </remarks>
public interface IVpsLifecycleService
{
    /// <summary>What can be asked for now. Refusals: Forbidden; Hidden (this host offers it not); Busy (it does not answer).</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    Task<KohakuResult<VpsOffer>> GetOfferAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Creates an instance, assigned to nobody. Not repeatable: after a failure look whether it is there before asking again.
    /// </summary>
    /// <returns>
    /// The instance. Refusals: Invalid (all faults at once, by field), Forbidden, Hidden (this host offers it not), Busy (the host does not
    /// answer, or did not say how it ended), and those of <see cref="IVpsLifecycle.CreateAsync"/>.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is unavailable. Thrown before the host was asked.</exception>
    Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes an instance with its assignments; returns how many those were. Repeatable: what is left of a deletion that was interrupted
    /// is removed, and where nothing is left it is refused as Hidden.
    /// </summary>
    /// <returns>
    /// The number of assignments. Refusals: Forbidden, Hidden (no such instance, or this host offers it not), Busy (the host does not
    /// answer, or did not say how it ended: its assignments are kept), and those of <see cref="IVpsLifecycle.DeleteAsync"/>.
    /// </returns>
    /// <exception cref="StoreUnavailableException">
    /// The store is unavailable. When that is after the host has deleted the instance, a repeat removes and records the rest.
    /// </exception>
    Task<KohakuResult<int>> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken = default);
}
