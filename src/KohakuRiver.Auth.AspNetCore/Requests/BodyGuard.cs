using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Wraps the bodies of requests that one of the library's policies, or one of its own endpoints, admits in <see cref="GuardedBody"/>, and
/// answers those that are refused while they arrive.
/// </summary>
internal sealed class BodyGuard(ActorStanding standing, RefusalAudit audit, IOptions<KohakuAuthOptions> options, TimeProvider clock)
{
    /// <summary>Whether the request may have a body. An upgraded connection has none: what it carries is no longer a request.</summary>
    internal static bool CanHaveBody(HttpRequest request) =>
        StrictJson.HasBody(request) && StringValues.IsNullOrEmpty(request.Headers.Upgrade) && !HttpMethods.IsConnect(request.Method);

    /// <summary>From now on the end of the body is handed only to an actor who may still do this. Does nothing without a body.</summary>
    internal void Watch(HttpContext context, RequestActor state)
    {
        if (state.IsRevocable)
        {
            Wrap(context, state);
        }
    }

    /// <summary>The same for one of the library's own endpoints, whose body must also arrive in time.</summary>
    internal void WatchOwn(HttpContext context, RequestActor state) => Wrap(context, state)?.MustArriveWithin(options.Value.BodyTimeout);

    /// <summary>Runs what reads the body.</summary>
    internal async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (LateOf(context) is not null)
        {
            // Whatever it was turned into on the way up, this is why the request has ended.
        }

        if (LateOf(context) is not { } refusal)
        {
            return;
        }

        if (context.Response.HasStarted)
        {
            // Half an answer is out: the client must not take it for a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The rest of the body is not waited for.
            context.Response.Headers.Connection = "close";
        }

        await audit.RecordAsync(context, context.Features.Get<RequestActor>()!.ForAudit, refusal);
        await RefusalWriter.WriteAsync(context, refusal);
    }

    private static Refusal? LateOf(HttpContext context) => context.Features.Get<RequestActor>()?.Late;

    private GuardedBody? Wrap(HttpContext context, RequestActor state)
    {
        if (state.Body is null && CanHaveBody(context.Request))
        {
            var request = context.Request;
            state.Body = new GuardedBody(
                request.Body, request.ContentLength, state, standing, options.Value.Streams.RecheckInterval, clock);
            request.Body = state.Body;
        }

        return state.Body;
    }
}
