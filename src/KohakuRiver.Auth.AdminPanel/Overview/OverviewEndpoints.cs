using KohakuRiver.Auth.AdminPanel.Overview;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The first page.</summary>
internal static class OverviewEndpoints
{
    private const int OwnShown = 5;

    internal static void Map(RouteGroupBuilder panel) =>
        panel.Page("", ShowAsync).RequireSomebody();

    private static async Task<IResult> ShowAsync(
        PanelContext panel, OverviewService overview, IApprovalService approvals, ITokenService tokens, IAccountService accounts,
        IVpsAccessService vps,
        AccountNoticeService notices)
    {
        if (panel.Actor.MustChangePassword)
        {
            return PanelAnswers.SeeOther(ChangePasswordEndpoints.Address(panel, null));
        }

        // The page everybody comes to after logging in: whoever has no permission is told so here.
        if (!panel.Can(Permissions.ManageOwnAccount))
        {
            return PanelAnswers.Page<NoPermissionPage>();
        }

        // Those who decide see the queue; the others, how their own submissions stand.
        var own = panel.Can(Permissions.SubmitTasks) && !panel.Can(Permissions.ApproveTasks)
            ? await approvals.ListAsync(panel.Actor, null, new PageRequest(OwnShown), panel.Ct)
            : null;
        var ownTokens = await tokens.ListOwnAsync(panel.Actor, new PageRequest(1), panel.Ct);
        var ownSessions = await accounts.ListSessionsAsync(panel.Actor, panel.Ct);
        var ownVps = await vps.ListOwnAsync(panel.Actor, panel.Ct);
        var ownNotices = await notices.GetAsync(panel.Actor, panel.Ct);
        return PanelAnswers.Page<OverviewPage>(new OverviewModel(
            await overview.GetAsync(panel.Actor, panel.Ct),
            own?.Value?.Items,
            ownTokens.Value?.Total ?? 0,
            ownSessions.Value?.Sessions.Count ?? 0,
            ownVps.Value?.Ids.Count ?? 0,
            ownNotices.Value?.FailedLogins ?? 0));
    }
}
