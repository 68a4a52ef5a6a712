using KohakuRiver.Auth.AdminPanel.Login;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Logging in and out.</summary>
internal static class LoginEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/login", ShowAsync).AllowAnonymous();
        panel.Post<LoginForm>("/login", LogInAsync).AllowAnonymous();
        panel.Post("/logout", LogOutAsync).RequireSomebody();
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, IRegistrationService registrations)
    {
        var query = new StrictQuery(panel.Http);
        var wanted = query.Text("return", 1000);
        return panel.IsLoggedIn
            ? PanelAnswers.SeeOther(Target(panel, wanted))
            : await PageAsync(panel, wanted, registrations);
    }

    private static async Task<IResult> PageAsync(PanelContext panel, string? wanted, IRegistrationService registrations)
    {
        var signedIn = (await SignInView.ListAsync(panel, [])).Where(s => !s.IsTaken).ToList();
        return PanelAnswers.Page<LoginPage>(new LoginModel(
            LocalUrls.IsLocal(wanted) ? wanted : null,
            await registrations.IsOpenAsync(panel.Ct),
            await registrations.IsSetupRequiredAsync(panel.Ct),
            signedIn,
            await SignInLink.ListAsync(panel, Target(panel, wanted), signedIn)));
    }

    private static async Task<IResult> LogInAsync(
        PanelContext panel, LoginForm form, ILoginService logins, IRegistrationService registrations)
    {
        var outcome = await logins.LogInAsync(form.Username.Filled(), form.Password.Reveal(), panel.Client(), panel.Ct);
        if (outcome.IsSuccess)
        {
            await SentSessions.ReplaceAsync(panel.Http, outcome.Value);
            return PanelAnswers.SeeOther(Target(panel, form.Return));
        }

        // Not known is what somebody at the login page is anyway: the page says it, instead of leading to itself.
        var refusal = outcome.Refusal.Kind == RefusalKind.Unauthenticated
            ? new Refusal(RefusalKind.Invalid, outcome.Refusal.Message)
            : outcome.Refusal;
        return await PanelAnswers.AgainAsync(panel, refusal, () => PageAsync(panel, form.Return, registrations));
    }

    private static async Task<IResult> LogOutAsync(PanelContext panel, ExternalPrincipals principals)
    {
        await SentSessions.LogOutAsync(panel.Http);

        // Otherwise the login page would know them again.
        await principals.SignOutAsync(panel.Http);
        return PanelAnswers.Done(panel, "/login", "logged-out");
    }

    private static string Target(PanelContext panel, string? wanted) => LocalUrls.IsLocal(wanted) ? wanted! : panel.Home;
}
