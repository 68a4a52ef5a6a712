using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The one place that decides requirements, whether the framework asks or a later check. Without I/O except for VPS access, which is
/// looked up last.
/// </summary>
internal sealed partial class RequirementDecider(
    PermissionTable permissions, IVpsAccessService vpsAccess, PlainHttp plainHttp, SameOriginCheck sameOrigin,
    ILogger<RequirementDecider> logger)
{
    /// <summary>Why the request is refused; null if it is not, which <paramref name="state"/> remembers.</summary>
    internal async ValueTask<Refusal?> RefuseAsync(HttpContext http, RequestActor state, KohakuRequirement[] requirements)
    {
        if (state.Outage is not null)
        {
            return HttpRefusals.StoreUnavailable;
        }

        // First who it is, then where it comes from, then what it may do: an anonymous caller is told to log in, whatever else is wrong.
        if (!state.Actor.IsAuthenticated && (state.Rejection is not null || Array.Exists(requirements, NeedsSomebody)))
        {
            return state.Rejection ?? Refusals.Unauthenticated;
        }

        if (!sameOrigin.Allows(http, state.Actor.Kind))
        {
            return HttpRefusals.CrossSite;
        }

        // Asked for endpoints already; policies by name, and those of MVC's own filters, are known only here.
        if (plainHttp.IsExposed(http))
        {
            return HttpRefusals.PlainHttp;
        }

        var settled = Settle(http, requirements);
        try
        {
            if (await RefuseAsync(state.Actor, settled, http.RequestAborted) is { } refusal)
            {
                return refusal;
            }
        }
        catch (StoreUnavailableException e)
        {
            state.Remember(e);
            return HttpRefusals.StoreUnavailable;
        }

        state.Pass(settled);
        return null;
    }

    /// <summary>Why this actor is refused, without a request; null if it is not.</summary>
    /// <param name="actor">The actor, who may be anonymous.</param>
    /// <param name="requirements">Without <see cref="KohakuRequirement.UsingVps"/>, which needs a request: it is refused here.</param>
    /// <param name="cancellationToken">Cancels the look-up of VPS access.</param>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    internal async ValueTask<Refusal?> RefuseAsync(
        Actor actor, IReadOnlyList<KohakuRequirement> requirements, CancellationToken cancellationToken)
    {
        for (var i = 0; i < requirements.Count; i++)
        {
            if (Decide(actor, requirements[i]) is { IsAllowed: false } refused)
            {
                return refused.Refusal;
            }
        }

        for (var i = 0; i < requirements.Count; i++)
        {
            if (requirements[i] is KohakuRequirement.UsingOneVps vps
                && await vpsAccess.CanUseAsync(actor, vps.VpsId, cancellationToken) is { IsAllowed: false } refused)
            {
                return refused.Refusal;
            }
        }

        return null;
    }

    private static bool NeedsSomebody(KohakuRequirement requirement) =>
        requirement is not (KohakuRequirement.FromSameOrigin or KohakuRequirement.AnyActor);

    private Decision Decide(Actor actor, KohakuRequirement requirement)
    {
        switch (requirement)
        {
            case KohakuRequirement.Somebody:
                return actor.IsAuthenticated ? Decision.Allowed : Decision.Refuse(Refusals.Unauthenticated);
            case KohakuRequirement.ChangingOwnPassword:
                return AccessRules.ChangeOwnPassword(actor);
            case KohakuRequirement.OfRole role:
                return AccessRules.RequireRole(actor, role.Minimum);
            case KohakuRequirement.Holding holding:
                if (!permissions.TryFind(holding.PermissionName, out _))
                {
                    PermissionMissing(logger, SafeText.OneLine(holding.PermissionName, 64));
                }

                return permissions.Decide(actor, holding.PermissionName);
            case KohakuRequirement.UsingVps:
                return Decision.Refuse(actor.IsAuthenticated ? Refusals.Hidden : Refusals.Unauthenticated);
            default:
                return Decision.Allowed;
        }
    }

    /// <summary>The requirements with what they take from the route; the same array where they take nothing.</summary>
    private static KohakuRequirement[] Settle(HttpContext http, KohakuRequirement[] requirements) =>
        Array.Exists(requirements, r => r is KohakuRequirement.UsingVps)
            ? Array.ConvertAll(requirements, r => Settle(http, r))
            : requirements;

    private static KohakuRequirement Settle(HttpContext http, KohakuRequirement requirement)
    {
        if (requirement is not KohakuRequirement.UsingVps vps)
        {
            return requirement;
        }

        return http.GetRouteValue(vps.RouteParameter) is string id
            ? new KohakuRequirement.UsingOneVps(id)
            : throw new InvalidOperationException(
                $"RequireVpsAccess: the route has no parameter '{vps.RouteParameter}'. Name the one that holds the VPS id.");
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Error, Message = "The permission {Permission} is required but not registered, so "
        + "everybody is refused. Register it with AddPermission on the KohakuAuth builder.")]
    private static partial void PermissionMissing(ILogger logger, string permission);
}
