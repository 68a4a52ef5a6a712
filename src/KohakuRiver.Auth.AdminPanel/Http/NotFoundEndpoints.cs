using KohakuRiver.Auth.AspNetCore;
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
        panel.Post<ThemeForm>("/theme", SetTheme).AllowAnonymous();
        panel.Map("/{**rest}", () => PanelAnswers.Refused(Refusals.Hidden))
            .WithMetadata(new PanelRoute("/{**rest}"))
            .RequireKohakuRole(Role.Anony);
    }

    private static IResult SetTheme(PanelContext panel, ThemeForm form)
    {
        // "As the system" is a choice too: the host's default may be another.
        PanelCookies.Write(panel.Http, PanelCookies.Theme, form.Theme is "light" or "dark" ? form.Theme : "system", ThemeLifetime);

        // With a script nobody goes there: it changed the colours in place. Without one it is where the choice stands.
        return PanelAnswers.SeeOther(panel.Url("/account"));
    }
}
