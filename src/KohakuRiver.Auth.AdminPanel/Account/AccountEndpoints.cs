using KohakuRiver.Auth.AdminPanel.Account;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>One's own account.</summary>
internal static class AccountEndpoints
{
    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/account", ShowAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<OwnNameForm>("/account/name", SetNameAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post<OwnPasswordForm>("/account/password", SetPasswordAsync).RequirePermission(Permissions.ManageOwnAccount);
        panel.Post("/account/sessions/{id:long:min(1)}/end", EndSessionAsync).RequirePermission(Permissions.ManageOwnAccount);
    }

    private static async Task<IResult> ShowAsync(
        PanelContext panel,
        IAccountService accounts,
        ITokenService tokens,
        IVpsAccessService vps,
        IGroupService groups,
        AccountNoticeService notices)
    {
        var user = await accounts.GetAsync(panel.Actor, panel.Ct);
        var sessions = await accounts.ListSessionsAsync(panel.Actor, panel.Ct);
        var lately = await notices.GetAsync(panel.Actor, panel.Ct);
        var own = await tokens.ListOwnAsync(panel.Actor, new PageRequest(1), panel.Ct);
        var ids = await vps.ListOwnAsync(panel.Actor, panel.Ct);
        return !user.IsSuccess ? PanelAnswers.Refused(user.Refusal)
            : !sessions.IsSuccess ? PanelAnswers.Refused(sessions.Refusal)
            : !lately.IsSuccess ? PanelAnswers.Refused(lately.Refusal)
            : PanelAnswers.Page<AccountPage>(new AccountModel(
                user.Value,
                sessions.Value,
                own.Value?.Total ?? 0,
                await VpsNames.FindAsync(panel, ids.Value?.Ids ?? []),
                await groups.GetLimitsAsync(user.Value.User.Id, panel.Ct),
                lately.Value));
    }

    private static async Task<IResult> SetNameAsync(
        PanelContext panel,
        OwnNameForm form,
        IAccountService accounts,
        ITokenService tokens,
        IVpsAccessService vps,
        IGroupService groups,
        AccountNoticeService notices)
    {
        if (form.DisplayName.Changed is not { } name)
        {
            return PanelAnswers.Done(panel, "/account", "nothing-changed");
        }

        var outcome = await accounts.SetDisplayNameAsync(panel.Actor, name, panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "name-saved")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => ShowAsync(panel, accounts, tokens, vps, groups, notices));
    }

    private static async Task<IResult> SetPasswordAsync(
        PanelContext panel,
        OwnPasswordForm form,
        IAccountService accounts,
        ITokenService tokens,
        IVpsAccessService vps,
        IGroupService groups,
        AccountNoticeService notices)
    {
        var outcome = await accounts.ChangePasswordAsync(
            panel.Actor, form.CurrentPassword.Reveal(), form.NewPassword.Reveal(), panel.Ct);
        return outcome.IsSuccess
            ? PanelAnswers.Done(panel, "/account", "password-changed")
            : await PanelAnswers.AgainAsync(panel, outcome.Refusal, () => ShowAsync(panel, accounts, tokens, vps, groups, notices));
    }

    private static async Task<IResult> EndSessionAsync(PanelContext panel, long id, IAccountService accounts)
    {
        var outcome = await accounts.EndSessionAsync(panel.Actor, id, panel.Ct);
        return PanelAnswers.Done(panel, "/account", outcome.IsSuccess ? "session-ended" : "gone");
    }
}
