using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The choice of colours, and addresses that do not exist.</summary>
internal static class NotFoundEndpoints
{
    private static readonly TimeSpan ThemeLifetime = TimeSpan.FromDays(365);

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Post("/theme", SetTheme, "theme return").AllowAnonymous();
        panel.Map("/{**rest}", () => PanelAnswers.Refused(Refusals.Hidden))
            .WithMetadata(new PanelRoute("/{**rest}"))
            .RequireKohakuRole(Role.Anony);
    }

    private static IResult SetTheme(PanelContext panel)
    {
        if (panel.Form!.Text("theme") is "light" or "dark")
        {
            PanelCookies.Write(panel.Http, PanelCookies.Theme, panel.Form.Text("theme")!, ThemeLifetime);
        }
        else
        {
            PanelCookies.Clear(panel.Http, PanelCookies.Theme);
        }

        var wanted = panel.Form.Text("return");
        return PanelAnswers.SeeOther(LocalUrls.IsLocal(wanted) ? wanted! : panel.Home);
    }
}
