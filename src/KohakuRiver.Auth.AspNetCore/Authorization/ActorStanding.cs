namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Checks again, later in a request or on a connection that is still open, whether the actor may do what it was admitted for.
/// </summary>
internal sealed class ActorStanding(CredentialReader reader, RequirementDecider decider)
{
    /// <summary>Why the request is refused by now; null if it is not.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(RequestActor state, CancellationToken cancellationToken) =>
        await RefuseAsync(state, await reader.RecheckAsync(state, cancellationToken), cancellationToken);

    /// <summary>The same for whoever has looked the actor up already.</summary>
    /// <param name="state">The request as it was admitted.</param>
    /// <param name="now">The actor as it is now; null when the credential is gone.</param>
    /// <param name="cancellationToken">Cancels the look-up of VPS access.</param>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(RequestActor state, Actor? now, CancellationToken cancellationToken)
    {
        if (now is null)
        {
            return HttpRefusals.BadCredential;
        }

        // Also where no policy required the role: code that holds the earlier actor decides by the earlier role.
        return now.Role < state.Actor.Role
            ? AccessRules.RequireRole(now, state.Actor.Role).Refusal
            : await decider.RefuseAsync(now, state.Passed, cancellationToken);
    }
}
