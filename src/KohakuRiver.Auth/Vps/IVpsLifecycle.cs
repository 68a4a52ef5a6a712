namespace KohakuRiver.Auth;

/// <summary>
/// Creates and deletes the host's VPS instances. Optional, beside <see cref="IVpsDirectory"/>, which one class may implement as well:
/// without it the panel offers neither. Resolved in a scope of its own for each call.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="IVpsLifecycleService"/> calls it, after it has checked <see cref="Permissions.ManageVps"/>, the credential and the fields. A
/// host's own rules come on top, as refusals. Calls may come at the same time, on several instances of the host: what must not happen twice
/// (a name, a last free core) the host itself guards.
/// </para>
/// <para>
/// A refusal says that nothing was done. An exception says that it is not known whether anything was: it is logged and audited as a
/// failure, and the caller is told that the host is unavailable and to look before trying again. Each
/// call has 60 seconds, after which its token ends; a caller that hangs up does not end it.
/// </para>
/// </remarks>
public interface IVpsLifecycle
{
    /// <summary>What can be asked for now. Asked for each form and again before each instance; nothing is reserved by it.</summary>
    Task<VpsOffer> DescribeAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>
    /// Creates an instance and returns it. Its id is new: one that an earlier instance had would come with what is still assigned under it.
    /// From then on <see cref="IVpsDirectory"/> has it. Two calls are two instances, unless the host refuses the second.
    /// </summary>
    /// <param name="actor">Who creates it.</param>
    /// <param name="request">What was asked for. The fields fit the offer; whether there is room is still the host's to say.</param>
    /// <param name="cancellationToken">Ends with the time limit.</param>
    /// <returns>
    /// The instance. Refusals: Invalid, with fields named like the properties of <see cref="VpsRequest"/> (also a full node, as a fault of
    /// <see cref="VpsRequest.Node"/>); Forbidden; Conflict; Busy (no capacity right now).
    /// </returns>
    Task<KohakuResult<VpsInfo>> CreateAsync(Actor actor, VpsRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes an instance with all that is in it. Once it returns, <see cref="IVpsDirectory"/> has it no more. Repeatable: for one that is
    /// not there (any more) it answers Hidden.
    /// </summary>
    /// <returns>
    /// Refusals: Hidden (the host has no such instance; one that this actor may not delete is Forbidden); Forbidden; Conflict (not in this
    /// state); Busy.
    /// </returns>
    Task<KohakuResult> DeleteAsync(Actor actor, string vpsId, CancellationToken cancellationToken);
}
