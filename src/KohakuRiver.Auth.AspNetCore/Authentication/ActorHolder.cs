using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Ties the request to its service scope, so that <see cref="Actor"/> is an ordinary scoped service.</summary>
internal sealed class ActorHolder
{
    /// <summary>The request; null until its credentials have been read.</summary>
    internal HttpContext? Context { get; private set; }

    /// <summary>Whether <c>UseKohakuAuth()</c> has seen the request; the scheme alone, as a host's default, is not enough.</summary>
    internal bool IsReady { get; private set; }

    /// <summary>The request that opened the hub's connection whose call this is; null everywhere else.</summary>
    internal HttpContext? Connection { get; private set; }

    /// <summary>Who opened that connection, as the library found them then.</summary>
    internal RequestActor? Opener => Connection?.Features.Get<RequestActor>();

    internal void Attach(HttpContext context) => Context = context;

    /// <summary>Says that this is the scope of one call of a hub. Who makes it is looked up when it is asked for.</summary>
    internal void AttachConnection(HttpContext opening) => Connection = opening;

    internal void SetReady() => IsReady = true;

    /// <summary>The request's actor.</summary>
    /// <exception cref="InvalidOperationException">No credentials were read in this scope.</exception>
    /// <exception cref="RejectedCredentialException">A credential was sent and refused, and the endpoint is not for everybody.</exception>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal Actor Resolve()
    {
        if (!IsReady || Context?.Features.Get<RequestActor>() is not { } state)
        {
            throw Context is null
                ? Nobody(inner: null)
                : new InvalidOperationException(
                    "There is no Actor yet: app.UseKohakuAuth() has not run for this request. Call it before whatever uses Actor.");
        }

        if (state.Outage is { } outage)
        {
            ExceptionDispatchInfo.Throw(outage);
        }

        if (state.Rejection is not null && !IsLenient(Context))
        {
            throw new RejectedCredentialException(state.Rejection);
        }

        if (state.Actor.IsAuthenticated)
        {
            OutputCaching.KeepOut(Context);
        }

        return state.Actor;
    }

    /// <summary>Nobody is known to act in a scope.</summary>
    internal static InvalidOperationException Nobody(Exception? inner) => new(
        "There is no Actor here: this is not the scope of a request that app.UseKohakuAuth() has seen. In a request, call that before "
        + "whatever uses Actor. In a SignalR hub (with AddKohakuHubFilter()) or an interactive component, take IActorAccessor in place of "
        + "Actor and await its GetAsync() where you need the actor. Pass the request's Actor to work that outlives it as an argument.",
        inner);

    /// <summary>Whether bad credentials are ignored: on endpoints for everybody, and where there is no endpoint (static files).</summary>
    internal static bool IsLenient(HttpContext context) =>
        context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
