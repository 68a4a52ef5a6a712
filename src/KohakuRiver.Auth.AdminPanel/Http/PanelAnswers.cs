using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>From the outcome of a service call to an answer.</summary>
internal static class PanelAnswers
{
    internal static IResult Page<TPage>(object? model = null)
        where TPage : IComponent => new PageResult(typeof(TPage), model);

    /// <summary>A change was made: the browser continues to a page, which says so.</summary>
    internal static IResult Done(PanelContext panel, string path, string flash, params int[] numbers)
    {
        Flash.Leave(panel.Http, flash, numbers);
        return SeeOther(panel.After(panel.Url(path)));
    }

    internal static IResult SeeOther(string address) => new SeeOtherResult(address);

    /// <summary>A refusal as a page of its own.</summary>
    internal static IResult Refused(Refusal refusal) => new RefusalResult(refusal);

    /// <summary>
    /// A refused form: the same page again with what was filled in, 422. What concerns the whole page (not there, not allowed, no
    /// capacity, too many attempts) keeps its own status.
    /// </summary>
    internal static async Task<IResult> AgainAsync(PanelContext panel, Refusal refusal, Func<Task<IResult>> page)
    {
        if (refusal.Kind is RefusalKind.Hidden or RefusalKind.Unauthenticated)
        {
            return Refused(refusal);
        }

        if (refusal.Kind == RefusalKind.Forbidden)
        {
            await panel.Http.RequestServices.GetRequiredService<RefusalAudit>().RecordAsync(panel.Http, panel.Actor, refusal);
        }

        panel.Fail(refusal);
        return new WithStatus(await page(), refusal);
    }

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }

    private sealed class RefusalResult(Refusal refusal) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            if (refusal.Kind == RefusalKind.Forbidden && httpContext.Features.Get<RequestActor>() is { Actor.IsAuthenticated: true } state)
            {
                await httpContext.RequestServices.GetRequiredService<RefusalAudit>().RecordAsync(httpContext, state.Actor, refusal);
            }

            await PanelRefusalPage.Instance.WriteAsync(httpContext, refusal);
        }
    }

    // The page is rendered whole before it writes its status, so a status set by OnStarting comes last.
    private sealed class WithStatus(IResult page, Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.OnStarting(() =>
            {
                response.StatusCode = refusal.Kind switch
                {
                    RefusalKind.Throttled => StatusCodes.Status429TooManyRequests,
                    RefusalKind.Busy => StatusCodes.Status503ServiceUnavailable,
                    _ => response.StatusCode < StatusCodes.Status500InternalServerError
                        ? StatusCodes.Status422UnprocessableEntity
                        : response.StatusCode,
                };
                if (refusal.RetryAfter is { } pause)
                {
                    response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(pause.TotalSeconds))
                        .ToString(System.Globalization.CultureInfo.InvariantCulture);
                }

                return Task.CompletedTask;
            });
            return page.ExecuteAsync(httpContext);
        }
    }
}
