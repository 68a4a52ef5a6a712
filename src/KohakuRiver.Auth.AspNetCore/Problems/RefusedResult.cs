using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>A service's refusal as an answer. That a known actor may not is noted in the audit log, as the policies do.</summary>
internal sealed class RefusedResult(Refusal refusal) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (refusal.Kind == RefusalKind.Forbidden && httpContext.Features.Get<RequestActor>() is { Actor.IsAuthenticated: true } state)
        {
            await httpContext.RequestServices.GetRequiredService<RefusalAudit>().RecordAsync(httpContext, state.Actor, refusal);
        }

        await Problems.From(refusal).ExecuteAsync(httpContext);
    }
}
