using KohakuRiver.Auth.AdminPanel.Account;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One's own account.</summary>
internal static class AccountEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/account", ShowAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<OwnNameForm>("/account/name", SetNameAsync, again: ShowAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<LanguageForm>("/account/language", SetLanguageAsync, again: ShowAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<OwnPasswordForm>("/account/password", SetPasswordAsync, again: ShowAsync)
            .RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<LinkIdentityForm>("/account/identities/link", LinkAsync, again: ShowAsync, stepUp: true)
            .RequirePermission(Permissions.ManageOwnAccount);
        panel.Post("/account/identities/{id:long:min(1)}/unlink", UnlinkAsync, again: ShowAsync)
            .RequirePermission(Permissions.ManageOwnAccount);
        panel.Post("/account/sessions/{id:long:min(1)}/end", EndSessionAsync, again: ShowAsync)
            .RequirePermission(Permissions.ManageOwnAccount);
    }

    private static async Task<IResult> ShowAsync(PanelContext panel, AccountPages pages) => await pages.ShowAsync(panel);

    private static async Task<IResult> SetNameAsync(
        PanelContext panel,
        OwnNameForm form,
        IAccountService accounts,
        AccountPages pages)
    {
        if (form.DisplayName.Changed is not { } name)
        {
            return PanelAnswers.Done(panel, "/account", "nothing-changed");
        }

        var outcome = await accounts.UpdateAsync(panel.Actor, new UpdateAccountCommand { DisplayName = name }, panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "name-saved")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => pages.ShowAsync(panel));
    }

    private static async Task<IResult> SetLanguageAsync(
        PanelContext panel, LanguageForm form, IAccountService accounts, AccountPages pages)
    {
        var change = new UpdateAccountCommand { Language = form.Language ?? "" };
        var outcome = await accounts.UpdateAsync(panel.Actor, change, panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "language-saved")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => pages.ShowAsync(panel));
    }

    private static async Task<IResult> SetPasswordAsync(
        PanelContext panel,
        OwnPasswordForm form,
        IAccountService accounts,
        AccountPages pages)
    {
        var outcome = await accounts.ChangePasswordAsync(
            panel.Actor, form.CurrentPassword.Reveal(), form.NewPassword.Reveal(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "password-changed")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => pages.ShowAsync(panel));
    }

    private static async Task<IResult> EndSessionAsync(PanelContext panel, long id, IAccountService accounts)
    {
        var outcome = await accounts.EndSessionAsync(panel.Actor, id, panel.Ct);
        return PanelAnswers.Done(panel, "/account", outcome.IsSuccess ? "session-ended" : "gone");
    }

    private static async Task<IResult> LinkAsync(
        PanelContext panel,
        LinkIdentityForm form,
        ExternalPrincipals principals,
        IIdentityService identities,
        IAccountService accounts,
        AccountPages pages)
    {
        var signIns = await principals.SignInsOfAsync(panel.Http);
        if (signIns.FirstOrDefault(s => s.Scheme.Provider == form.Row && SignInView.MarkOf(s.Person) == form.Person) is not { } signIn)
        {
            return PanelAnswers.Done(panel, "/account", "not-signed-in-there");
        }

        var title = await principals.TitleOfAsync(panel.Http, signIn.Scheme.Provider);
        var what = panel.Texts["From now on your sign-in with {0} leads to this account without its password.", title];
        if (await StepUp.AskAsync(panel, accounts, what, panel.Texts["Link {0}", title], "/account") is { } question)
        {
            return question;
        }

        var outcome = await identities.LinkOwnAsync(panel.Actor, signIn.Person, panel.OwnPassword!.Reveal(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "identity-linked")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => pages.ShowAsync(panel));
    }

    private static async Task<IResult> UnlinkAsync(PanelContext panel, long id, IIdentityService identities, AccountPages pages)
    {
        var outcome = await identities.UnlinkAsync(panel.Actor, panel.Actor.Id!.Value, id, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, "/account", "identity-unlinked")
            : outcome.Refusal.Kind == RefusalKind.Hidden ? PanelAnswers.Done(panel, "/account", "gone")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => pages.ShowAsync(panel));
    }

    /// <summary>Gathers what the page of one's own account shows; made for each request by its binding.</summary>
    private sealed class AccountPages(
        IAccountService accounts, ITokenService tokens, IVpsAccessService vps, IGroupService groups, AccountNoticeService notices)
    {
        public static ValueTask<AccountPages?> BindAsync(HttpContext http) => ValueTask.FromResult<AccountPages?>(new AccountPages(
            Get<IAccountService>(http), Get<ITokenService>(http), Get<IVpsAccessService>(http), Get<IGroupService>(http),
            Get<AccountNoticeService>(http)));

        internal async Task<IResult> ShowAsync(PanelContext panel)
        {
            var user = await accounts.GetAsync(panel.Actor, panel.Ct);
            var sessions = await accounts.ListSessionsAsync(panel.Actor, panel.Ct);
            var lately = await notices.GetAsync(panel.Actor, panel.Ct);
            if ((user.Refusal ?? sessions.Refusal ?? lately.Refusal) is { } refusal)
            {
                return PanelAnswers.Refused(refusal);
            }

            var own = await tokens.ListOwnAsync(panel.Actor, new PageRequest(1), panel.Ct);
            var ids = await vps.ListOwnAsync(panel.Actor, panel.Ct);
            var identities = await LinkedSignIns.ListAsync(panel, user.Value!.User.Id);
            return PanelAnswers.Page<AccountPage>(new AccountModel(
                user.Value,
                sessions.Value!,
                own.Value?.Total ?? 0,
                await VpsNames.FindAsync(panel, ids.Value?.Ids ?? []),
                await groups.GetLimitsAsync(user.Value.User.Id, panel.Ct),
                lately.Value!,
                identities,
                await SignInView.ListAsync(panel, identities)));
        }

        private static T Get<T>(HttpContext http)
            where T : notnull => http.RequestServices.GetRequiredService<T>();
    }
}
