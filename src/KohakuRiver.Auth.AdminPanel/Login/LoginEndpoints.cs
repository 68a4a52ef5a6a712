using KohakuRiver.Auth.AdminPanel.Login;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
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
        panel.Post("/session/stay", Stay).RequireSomebody();
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, IRegistrationService registrations)
    {
        var query = new StrictQuery(panel.Http);
        var wanted = query.Text("return", 1000);
        return panel.IsLoggedIn
            ? PanelAnswers.SeeOther(Target(panel, wanted))
            : await PageAsync(panel, wanted, null, registrations);
    }

    private static async Task<IResult> PageAsync(
        PanelContext panel, string? wanted, string? kept, IRegistrationService registrations) =>
        PanelAnswers.Page<LoginPage>(await ModelAsync(panel, wanted, kept, registrations));

    /// <summary>What the login page shows.</summary>
    /// <param name="panel">The request.</param>
    /// <param name="wanted">Where its reader wants to go; null for the first page.</param>
    /// <param name="kept">A form that waits, sealed; null for none.</param>
    /// <param name="registrations">Tells who may register.</param>
    internal static async Task<LoginModel> ModelAsync(
        PanelContext panel, string? wanted, string? kept, IRegistrationService registrations)
    {
        var signedIn = (await SignInView.ListAsync(panel, [])).Where(s => !s.IsTaken).ToList();
        return new LoginModel(
            LocalUrls.IsLocal(wanted) ? wanted : null,
            LateForms.Open(panel, kept) is { } form ? new ReturnModel(form.Action, kept!) : null,
            await registrations.IsOpenAsync(panel.Ct),
            await registrations.IsSetupRequiredAsync(panel.Ct),
            signedIn,
            await SignInLink.ListAsync(panel, Target(panel, wanted), signedIn));
    }

    private static async Task<IResult> LogInAsync(
        PanelContext panel, LoginForm form, ILoginService logins, IRegistrationService registrations)
    {
        var outcome = await logins.LogInAsync(form.Username.Filled(), form.Password.Reveal(), panel.Client(), panel.Ct);
        if (outcome.IsSuccess)
        {
            await SentSessions.ReplaceAsync(panel.Http, outcome.Value);
            if (outcome.Value.User.User.MustChangePassword)
            {
                return PanelAnswers.SeeOther(ChangePasswordEndpoints.Address(panel, form.Return));
            }

            if (LateForms.Open(panel, form.Kept) is { } waiting)
            {
                if (waiting.User == outcome.Value.User.User.Id)
                {
                    return PanelAnswers.Page<ReturnPage>(new ReturnModel(waiting.Action, form.Kept!));
                }

                Flash.Leave(panel.Http, "form-of-another");
            }

            return PanelAnswers.SeeOther(Target(panel, form.Return));
        }

        // Not known is what somebody at the login page is anyway: the page says it, instead of leading to itself.
        var refusal = outcome.Refusal.Kind == RefusalKind.Unauthenticated
            ? new Refusal(RefusalKind.Invalid, outcome.Refusal.TextOf(outcome.Refusal.Message))
            : outcome.Refusal;
        return await PanelAnswers.AgainAsync(panel, refusal, () => PageAsync(panel, form.Return, form.Kept, registrations));
    }

    // That it came is all: every request of a session keeps it from being idle.
    private static NoContent Stay() => TypedResults.NoContent();

    private static async Task<IResult> LogOutAsync(PanelContext panel, ExternalPrincipals principals)
    {
        await SentSessions.LogOutAsync(panel.Http);

        // Otherwise the login page would know them again.
        await principals.SignOutAsync(panel.Http);
        return PanelAnswers.Done(panel, "/login", "logged-out");
    }

    /// <summary>Where somebody goes who wanted to go there, if it is on this host.</summary>
    internal static string Target(PanelContext panel, string? wanted) => LocalUrls.IsLocal(wanted) ? wanted! : panel.Home;
}
