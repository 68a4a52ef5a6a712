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
/// <typeparam name="TPage">The page; it finds its model and the <see cref="PanelContext"/> as cascading values.</typeparam>
internal sealed class PageResult<TPage>(object? model = null, int status = StatusCodes.Status200OK) : IResult
    where TPage : IComponent
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var panel = PanelContext.Of(httpContext);
        if (panel.Can(Permissions.ApproveTasks) && status < StatusCodes.Status500InternalServerError)
        {
            var count = await httpContext.RequestServices.GetRequiredService<IApprovalService>().CountPendingAsync(panel.Actor, panel.Ct);
            panel.Pending = count.IsSuccess ? count.Value : null;
        }

        panel.Flash ??= Flash.Take(httpContext, panel.Texts);
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

    private RenderFragment Content(PanelContext panel) => builder =>
    {
        builder.OpenComponent<CascadingValue<PanelContext>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<PanelContext>.Value), panel);
        builder.AddComponentParameter(2, nameof(CascadingValue<PanelContext>.IsFixed), true);
        builder.AddComponentParameter(3, nameof(CascadingValue<PanelContext>.ChildContent), (RenderFragment)(inner =>
        {
            inner.OpenComponent<CascadingValue<object?>>(0);
            inner.AddComponentParameter(1, nameof(CascadingValue<object>.Value), model);
            inner.AddComponentParameter(2, nameof(CascadingValue<object>.Name), "Model");
            inner.AddComponentParameter(3, nameof(CascadingValue<object>.IsFixed), true);
            inner.AddComponentParameter(4, nameof(CascadingValue<object>.ChildContent), (RenderFragment)(page =>
            {
                page.OpenComponent<TPage>(0);
                page.CloseComponent();
            }));
            inner.CloseComponent();
        }));
        builder.CloseComponent();
    };
}
