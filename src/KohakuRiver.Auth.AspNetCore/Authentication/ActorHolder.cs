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

    internal void Attach(HttpContext context) => Context = context;

    internal void SetReady() => IsReady = true;

    /// <summary>The request's actor.</summary>
    /// <exception cref="InvalidOperationException">No credentials were read in this scope.</exception>
    /// <exception cref="RejectedCredentialException">A credential was sent and refused, and the endpoint is not for everybody.</exception>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal Actor Resolve()
    {
        if (!IsReady || Context?.Features.Get<RequestActor>() is not { } state)
        {
            throw new InvalidOperationException(
                "There is no Actor in this scope: app.UseKohakuAuth() has not run for the request. Call it before anything that uses "
                + "Actor. Outside a request use Actor.Host.");
        }

        if (state.Outage is { } outage)
        {
            ExceptionDispatchInfo.Throw(outage);
        }

        return state.Rejection is null || IsLenient(Context) ? state.Actor : throw new RejectedCredentialException(state.Rejection);
    }

    /// <summary>Whether bad credentials are ignored: on endpoints for everybody, and where there is no endpoint (static files).</summary>
    internal static bool IsLenient(HttpContext context) =>
        context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
