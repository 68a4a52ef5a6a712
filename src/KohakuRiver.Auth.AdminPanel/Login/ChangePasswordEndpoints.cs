using KohakuRiver.Auth.AdminPanel.Login;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The one page of those who have to change the password before anything else.</summary>
internal static class ChangePasswordEndpoints
{
    private const string Path = "/change-password";
    private const int LongestReturn = 1000;

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page(Path, Show).RequireSomebody();
        panel.Post<ChangePasswordForm>(Path, ChangeAsync, again: Show).RequireOwnPassword();
    }

    /// <summary>The page's address, from which one goes on to where one was going.</summary>
    internal static string Address(PanelContext panel, string? wanted) => panel.Url(
        Path, ("return", LocalUrls.IsLocal(wanted) && wanted != panel.Home && wanted!.Length <= LongestReturn ? wanted : null));

    private static IResult Show(PanelContext panel)
    {
        var wanted = new StrictQuery(panel.Http).Text("return", LongestReturn);

        // Done in another tab, or lifted meanwhile.
        return panel.Actor.MustChangePassword ? Page(wanted) : PanelAnswers.SeeOther(LoginEndpoints.Target(panel, wanted));
    }

    private static IResult Page(string? wanted) =>
        PanelAnswers.Page<ChangePasswordPage>(new ChangePasswordModel(LocalUrls.IsLocal(wanted) ? wanted : null));

    private static async Task<IResult> ChangeAsync(PanelContext panel, ChangePasswordForm form, IAccountService accounts)
    {
        var outcome = await accounts.ChangePasswordAsync(
            panel.Actor, form.CurrentPassword.Reveal(), form.NewPassword.Reveal(), panel.Ct);
        if (!outcome.IsSuccess)
        {
            return await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => Task.FromResult(Page(form.Return)));
        }

        Flash.Leave(panel.Http, "password-changed");
        return PanelAnswers.SeeOther(LoginEndpoints.Target(panel, form.Return));
    }
}
