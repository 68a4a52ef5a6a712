using KohakuRiver.Auth.AdminPanel.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// A Razor component as a whole page. Rendered with a renderer of its own, to the end, before the first byte goes out: a fault in a page is
/// a proper error page, and the host needs no <c>AddRazorComponents</c>, key ring or antiforgery for it.
/// </summary>
/// <param name="page">
/// The component; it finds its model, the <see cref="PanelContext"/>, the actor and the request as cascading values.
/// </param>
/// <param name="model">What it shows.</param>
/// <param name="status">The status of the answer.</param>
internal sealed class PageResult(Type page, object? model = null, int status = StatusCodes.Status200OK) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var panel = PanelContext.Of(httpContext);
        if (panel.Can(Permissions.ApproveTasks) && status < StatusCodes.Status500InternalServerError)
        {
            var count = await httpContext.RequestServices.GetRequiredService<IApprovalService>().CountPendingAsync(panel.Actor, panel.Ct);
            panel.Pending = count.IsSuccess ? count.Value : null;
        }

        if (panel.Actor.Kind == ActorKind.Session && status < StatusCodes.Status500InternalServerError)
        {
            panel.IdleTimeout =
                (await httpContext.RequestServices.GetRequiredService<ISettingsService>().GetEffectiveAsync(panel.Ct)).SessionIdleTimeout;
        }

        panel.Flash ??= await Flash.TakeAsync(panel);
        var html = await RenderAsync(panel);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, panel.Ct);
    }

    private async Task<string> RenderAsync(PanelContext panel)
    {
        var services = panel.Http.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<PageRoot>(
                ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(PageRoot.Content)] = Content(panel),
            }));
            return root.ToHtmlString();
        });
    }

    private RenderFragment Content(PanelContext panel) =>
        Cascade(panel, null, Cascade(model, "Model", Cascade(panel.Actor, null, Cascade(panel.Http, null, builder =>
        {
            builder.OpenComponent(0, page);
            builder.CloseComponent();
        }))));

    private static RenderFragment Cascade<T>(T value, string? name, RenderFragment inner) => builder =>
    {
        builder.OpenComponent<CascadingValue<T>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<T>.Value), value);
        if (name is not null)
        {
            builder.AddComponentParameter(2, nameof(CascadingValue<T>.Name), name);
        }

        builder.AddComponentParameter(3, nameof(CascadingValue<T>.IsFixed), true);
        builder.AddComponentParameter(4, nameof(CascadingValue<T>.ChildContent), inner);
        builder.CloseComponent();
    };
}
