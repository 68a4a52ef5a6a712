using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Records those requests that change nothing but must be traceable: refusals of authenticated callers and of other sites, and what was
/// read with the master secret.
/// </summary>
internal sealed class RefusalAudit(IAuditService audit)
{
    private const int LongestTarget = 200;

    /// <summary>Records the refusal if it is one of those. Never throws because of the store.</summary>
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

        var target = TargetOf(context.Request);
        target = call is null ? target : $"{target} {SafeText.OneLine(call, 64)}";
        return audit.RecordRefusalAsync(
            actor, crossSite ? AuditActions.CrossSite : AuditActions.Denied, "endpoint", target, refusal.Message);
    }

    /// <summary>
    /// Records that somebody reads with the master secret, from any endpoint that is not for everybody. Changes are recorded where they
    /// are made. Never throws because of the store.
    /// </summary>
    internal Task RecordReadAsync(HttpContext context, Actor actor) =>
        actor.Kind == ActorKind.MasterSecret && IsRead(context.Request.Method) && !ActorHolder.IsLenient(context)
            ? audit.RecordMasterReadAsync(actor, TargetOf(context.Request))
            : Task.CompletedTask;

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // The path without its query, which may hold a secret.
    private static string TargetOf(HttpRequest request) =>
        $"{SafeText.OneLine(request.Method, 16)} {SafeText.OneLine(request.PathBase.Value + request.Path.Value, LongestTarget)}";
}
