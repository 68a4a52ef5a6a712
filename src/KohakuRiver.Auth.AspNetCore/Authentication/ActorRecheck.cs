using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <inheritdoc />
internal sealed class ActorRecheck(CredentialReader reader, ActorStanding standing, ActorWatches watches) : IActorRecheck
{
    /// <inheritdoc />
    public async ValueTask<bool> IsCurrentAsync(HttpContext context, CancellationToken cancellationToken = default) =>
        await RefuseAsync(context, cancellationToken) is null;

    /// <inheritdoc />
    public ActorWatch Watch(HttpContext context) => watches.Add(context.Features.Get<RequestActor>()
        ?? throw new InvalidOperationException("The actor cannot be watched: app.UseKohakuAuth() has not run for the request."));

    /// <summary>Why the actor is refused by now; null if it is not.</summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var state = await reader.GetOpenerAsync(context);
        if (state.Outage is { } outage)
        {
            ExceptionDispatchInfo.Throw(outage);
        }

        return await standing.RefuseAsync(state, cancellationToken);
    }
}
