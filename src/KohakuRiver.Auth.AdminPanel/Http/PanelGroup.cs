using System.Diagnostics.CodeAnalysis;
using KohakuRiver.Auth.AdminPanel.Components;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What all pages share: headers, sessions only, refusals as pages, and the checks of every form before its handler sees it.
/// </summary>
internal static class PanelGroup
{
    internal static RouteGroupBuilder MapPanelGroup(this IEndpointRouteBuilder endpoints, string prefix)
    {
        var group = endpoints.MapGroup(prefix);
        group.ExcludeFromDescription().WithMetadata(SessionsOnly.Instance, PanelRefusalPage.Instance);
        var conventions = (IEndpointConventionBuilder)group;
        conventions.Finally(Wrap);
        conventions.Finally(SecretsOutOfHttpLogs.KeepOut);
        return group;
    }

    /// <summary>A page. Say who may see it with <c>RequirePermission</c> or <c>AllowAnonymous</c>.</summary>
    internal static RouteHandlerBuilder Page(this RouteGroupBuilder panel, string pattern, Delegate handler) =>
        panel.MapGet(pattern, handler).WithMetadata(new PanelRoute(pattern));

    /// <summary>A form's target.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="pattern">Where it is sent.</param>
    /// <param name="handler">Takes the checked form as a parameter.</param>
    /// <param name="again">
    /// The handler of the page the form is on, which knows it by the same route values: it shows a form again that came too late. Null for
    /// a form without anything to type.
    /// </param>
    /// <param name="onlyOnce">Whether sending the same form again is refused.</param>
    /// <param name="stepUp">Whether the handler may ask for one's own password with <see cref="StepUp"/>.</param>
    /// <typeparam name="TForm">The form: its fields, and no others, may be sent.</typeparam>
    internal static RouteHandlerBuilder Post<TForm>(
        this RouteGroupBuilder panel, string pattern, Delegate handler, Delegate? again = null, bool onlyOnce = false, bool stepUp = false)
        where TForm : PanelForm =>
        panel.MapPost(pattern, handler).WithMetadata(
            new PanelRoute(pattern), new FormRules(FormShape.Of(typeof(TForm)), onlyOnce, stepUp, Bind(panel, pattern, again)));

    /// <summary>The target of a button without fields.</summary>
    internal static RouteHandlerBuilder Post(
        this RouteGroupBuilder panel, string pattern, Delegate handler, Delegate? again = null, bool stepUp = false) =>
        panel.Post<EmptyForm>(pattern, handler, again, stepUp: stepUp);

    private static RequestDelegate? Bind(IEndpointRouteBuilder panel, string pattern, Delegate? handler) => handler is null
        ? null
        : RequestDelegateFactory.Create(handler, new RequestDelegateFactoryOptions
        {
            ServiceProvider = panel.ServiceProvider,
            RouteParameterNames = RoutePatternFactory.Parse(pattern).Parameters.Select(p => p.Name),
            DisableInferBodyFromParameters = true,
        }).RequestDelegate;

    private static void Wrap(EndpointBuilder builder)
    {
        if (builder.RequestDelegate is { } inner && builder.Metadata.OfType<PanelRoute>().Any())
        {
            builder.RequestDelegate = context => RunAsync(context, inner);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The last resort: whatever went wrong "
        + "becomes a page without details, and is logged.")]
    private static async Task RunAsync(HttpContext context, RequestDelegate inner)
    {
        PanelHeaders.Apply(context.Response);
        OutputCaching.KeepOut(context);
        try
        {
            if (await CheckAsync(context) is { } refusal)
            {
                await PanelRefusalPage.Instance.WriteAsync(context, refusal);
                return;
            }

            if (PanelContext.Of(context).ShowsAgain)
            {
                await LateForms.ShowAsync(context);
                return;
            }

            await inner(context);
        }
        catch (Exception e) when (
            e is LateRefusalException || context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // Answered where all of these are; or nobody listens any more, or half an answer is out and the server ends the connection.
            throw;
        }
        catch (Exception e)
        {
            await PanelRefusalPage.WriteFaultAsync(context, e);
        }
    }

    /// <summary>Why the request does not reach its handler; null when it does.</summary>
    private static async ValueTask<Refusal?> CheckAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
        if (context.Features.Get<RequestActor>() is not { } state)
        {
            throw new InvalidOperationException("The panel needs app.UseKohakuAuth() in the pipeline.");
        }

        if (!options.Enabled)
        {
            // The page that says so is written like the others.
            return context.GetEndpoint()?.Metadata.GetMetadata<PanelRoute>()?.Pattern == AssetEndpoints.Pattern ? null : PanelRefusals.Off;
        }

        context.RequestServices.GetRequiredService<BodyGuard>().WatchOwn(context, state);
        var panel = PanelContext.Of(context);
        if (!context.RequestServices.GetRequiredService<SameOriginCheck>().Allows(context, panel.Actor.Kind))
        {
            await context.RequestServices.GetRequiredService<RefusalAudit>().RecordAsync(context, state.ForAudit, HttpRefusals.CrossSite);
            return HttpRefusals.CrossSite;
        }

        return context.GetEndpoint()?.Metadata.GetMetadata<FormRules>() is { } rules ? await FormCheck.RunAsync(panel, rules) : null;
    }

    private sealed class SessionsOnly : ISessionsOnly
    {
        internal static SessionsOnly Instance { get; } = new();
    }
}
