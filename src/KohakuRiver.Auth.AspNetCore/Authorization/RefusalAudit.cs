using KohakuRiver.Auth.AspNetCore.Http;
using KohakuRiver.Auth.Rules;
using KohakuRiver.Auth.Services;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Authorization;

/// <summary>Notes refusals that somebody should be able to look up: known callers who may not, and requests from other sites.</summary>
internal sealed class RefusalAudit(AuditService audit)
{
    private const int LongestTarget = 200;

    /// <summary>Notes the refusal where it is one of those. Never throws because of the store.</summary>
    /// <param name="context">The request, or the one that opened the connection.</param>
    /// <param name="actor">Who was refused.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="call">What was called over the connection; null for the request itself.</param>
    internal Task RecordAsync(HttpContext context, Actor actor, Refusal refusal, string? call = null)
    {
        var crossSite = HttpRefusals.IsCrossSite(refusal);
        if (!crossSite && (!actor.IsAuthenticated || refusal.Kind is not (RefusalKind.Forbidden or RefusalKind.Hidden)))
        {
            return Task.CompletedTask;
        }

        // The path without its query, which may hold a secret.
        var request = context.Request;
        var target = $"{SafeText.OneLine(request.Method, 16)} {SafeText.OneLine(request.PathBase.Value + request.Path.Value, LongestTarget)}";
        target = call is null ? target : $"{target} {SafeText.OneLine(call, 64)}";
        return audit.RecordRefusalAsync(
            actor, crossSite ? AuditActions.CrossSite : AuditActions.Denied, "endpoint", target, refusal.Message);
    }
}
