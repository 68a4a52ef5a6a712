using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Decides the library's requirements wherever the framework asks: about a request, about a call over a connection that was opened
/// earlier, or about a principal alone. What refused a request is kept for its answer.
/// </summary>
internal sealed partial class KohakuRequirementHandler(
    ActorHolder holder, CredentialReader reader, RequirementDecider decider, BodyGuard bodies, RefusalAudit audit,
    ILogger<KohakuRequirementHandler> logger)
    : IAuthorizationHandler
{
    /// <inheritdoc />
    public async Task HandleAsync(AuthorizationHandlerContext context)
    {
        var ours = context.PendingRequirements.OfType<KohakuRequirement>().ToArray();
        if (ours.Length == 0)
        {
            return;
        }

        if (await RefuseAsync(context, ours) is { } refusal)
        {
            context.Fail(new AuthorizationFailureReason(this, refusal.Message));
        }
        else
        {
            Array.ForEach(ours, context.Succeed);
        }
    }

    private async ValueTask<Refusal?> RefuseAsync(AuthorizationHandlerContext context, KohakuRequirement[] ours)
    {
        if (HubRequests.IsCall(context.Resource))
        {
            return await RefuseCallAsync(context.Resource, ours);
        }

        if ((context.Resource as HttpContext ?? holder.Context) is { } http && IsUserOf(http, context.User))
        {
            var state = await reader.GetAsync(http);
            state.Refusal = await decider.RefuseAsync(http, state, ours);
            if (state.Refusal is null)
            {
                bodies.Watch(http, state);
            }

            return state.Refusal;
        }

        if (ActorIdentity.StateOf(context.User) is { } known)
        {
            return await RefuseNowAsync(known, ours, CancellationToken.None);
        }

        // A visitor of a page, or somebody another scheme knows: whoever it is, the library does not know them.
        NotOurs(logger);
        return Refusals.Unauthenticated;
    }

    /// <summary>
    /// A call over a connection is made by whoever opened it, as they are now: they may have been demoted since. Nothing else
    /// records its refusal.
    /// </summary>
    private async ValueTask<Refusal?> RefuseCallAsync(object? call, KohakuRequirement[] ours)
    {
        if (HubRequests.Of(call) is not { } http)
        {
            NotOurs(logger);
            return Refusals.Unauthenticated;
        }

        var state = await reader.GetOpenerAsync(http);
        var refusal = await decider.RefuseAsync(http, state, ours) ?? await RefuseNowAsync(state, ours, http.RequestAborted);
        if (refusal is not null)
        {
            await audit.RecordAsync(http, state.Actor, refusal, HubRequests.NameOf(call));
        }

        return refusal;
    }

    private async ValueTask<Refusal?> RefuseNowAsync(
        RequestActor state, KohakuRequirement[] requirements, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.RecheckAsync(state, cancellationToken) is { } now
                ? await decider.RefuseAsync(now, requirements, cancellationToken)
                : HttpRefusals.BadCredential;
        }
        catch (StoreUnavailableException)
        {
            return HttpRefusals.StoreUnavailable;
        }
    }

    /// <summary>Whether the principal is the request's own, and not one that the host asks about in passing.</summary>
    private static bool IsUserOf(HttpContext http, ClaimsPrincipal user) =>
        ReferenceEquals(user, http.User)
        || (ActorIdentity.StateOf(user) is { } state && ReferenceEquals(state, http.Features.Get<RequestActor>()));

    [LoggerMessage(EventId = 2202, EventName = "NoRequest", Level = LogLevel.Debug,
        Message = "A KohakuRiver.Auth policy was evaluated for somebody the library does not know, outside a request of theirs, and "
            + "refused.")]
    private static partial void NotOurs(ILogger logger);
}
