using KohakuRiver.Auth.AspNetCore.Authentication;
using KohakuRiver.Auth.AspNetCore.Http;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>
/// The one place that decides requirements about a request, whether the framework asks or the shortcut. Without I/O but for VPS
/// access, which is asked last.
/// </summary>
internal sealed partial class RequirementDecider(
    PermissionTable permissions, VpsAccessService vpsAccess, IOptions<KohakuAuthOptions> options, ILogger<RequirementDecider> logger)
{
    /// <summary>What refuses the request; null when nothing does.</summary>
    internal async ValueTask<Refusal?> RefuseAsync(HttpContext http, RequestActor state, KohakuRequirement[] requirements)
    {
        if (state.Outage is not null)
        {
            return HttpRefusals.StoreUnavailable;
        }

        // First who it is, then from where it comes, then what it may: a stranger is told to log in, whatever else is wrong.
        if (!state.Actor.IsAuthenticated && (state.Rejection is not null || Array.Exists(requirements, NeedsSomebody)))
        {
            return state.Rejection ?? Refusals.Unauthenticated;
        }

        if (!SameOrigin.Allows(http, state.Actor.Kind, options.Value.PublicUrl))
        {
            return HttpRefusals.CrossSite;
        }

        foreach (var requirement in requirements)
        {
            if (Decide(state.Actor, requirement) is { IsAllowed: false } refused)
            {
                return refused.Refusal;
            }
        }

        foreach (var requirement in requirements)
        {
            if (requirement is not KohakuRequirement.UsingVps vps)
            {
                continue;
            }

            var decision = await DecideVpsAsync(http, state, vps);
            if (!decision.IsAllowed)
            {
                return decision.Refusal;
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
            case KohakuRequirement.OfRole role:
                return AccessRules.RequireRole(actor, role.Minimum);
            case KohakuRequirement.Holding holding:
                if (!permissions.TryFind(holding.PermissionName, out _))
                {
                    PermissionMissing(logger, SafeText.OneLine(holding.PermissionName, 64));
                }

                return permissions.Decide(actor, holding.PermissionName);
            default:
                return Decision.Allowed;
        }
    }

    private async ValueTask<Decision> DecideVpsAsync(HttpContext http, RequestActor state, KohakuRequirement.UsingVps requirement)
    {
        if (http.GetRouteValue(requirement.RouteParameter) is not string vpsId)
        {
            throw new InvalidOperationException(
                $"RequireVpsAccess: the route has no parameter '{requirement.RouteParameter}'. Name the one that holds the VPS id.");
        }

        try
        {
            return await vpsAccess.CanUseAsync(state.Actor, vpsId, http.RequestAborted);
        }
        catch (StoreUnavailableException e)
        {
            state.Remember(e);
            return Decision.Refuse(HttpRefusals.StoreUnavailable);
        }
    }

    [LoggerMessage(EventId = 2201, Level = LogLevel.Error, Message = "The permission {Permission} is asked for but not registered, so everybody is refused. Register it with AddPermission on the KohakuAuth builder.")]
    private static partial void PermissionMissing(ILogger logger, string permission);
}
