namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Asks again, later in a request or on a connection that is still open, whether its actor may do what they were let in for.
/// </summary>
internal sealed class ActorStanding(CredentialReader reader, RequirementDecider decider)
{
    /// <summary>What refuses the request by now; null when nothing does.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can say.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(RequestActor state, CancellationToken cancellationToken) =>
        await RefuseAsync(state, await reader.RecheckAsync(state, cancellationToken), cancellationToken);

    /// <summary>The same for whoever has looked the actor up already.</summary>
    /// <param name="state">The request as it was let in.</param>
    /// <param name="now">The actor as it is now; null when the credential is gone.</param>
    /// <param name="cancellationToken">Ends the look-up of VPS access.</param>
    /// <exception cref="StoreUnavailableException">Nobody can say.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(RequestActor state, Actor? now, CancellationToken cancellationToken)
    {
        if (now is null)
        {
            return HttpRefusals.BadCredential;
        }

        // Not only where a policy asked for more: what holds the actor of then decides by the role of then.
        return now.Role < state.Actor.Role ? Refusals.RoleTooLow : await decider.RefuseAsync(now, state.Passed, cancellationToken);
    }
}
