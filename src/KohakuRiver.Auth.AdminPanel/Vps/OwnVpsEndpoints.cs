using KohakuRiver.Auth.AdminPanel.Vps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What one may use oneself, and why.</summary>
internal static class OwnVpsEndpoints
{
    /// <summary>The page's address within the panel. Not below that of the instances, whose ids are the host's.</summary>
    internal const string Address = "/account/vps";

    private const int TasksShown = 5;

    internal static void Map(RouteGroupBuilder panel) => panel.Page(Address, ShowAsync).RequirePermission(Permissions.ManageOwnAccount);

    private static async Task<IResult> ShowAsync(
        PanelContext panel, IVpsAccessService access, IAccountService accounts, IApprovalService approvals, ITokenService tokens,
        IGroupService groups)
    {
        var user = await accounts.GetAsync(panel.Actor, panel.Ct);
        var ids = await access.ListOwnAsync(panel.Actor, panel.Ct);
        if ((user.Refusal ?? ids.Refusal) is { } refusal)
        {
            return PanelAnswers.Refused(refusal);
        }

        var self = user.Value!.User.Id;
        var given = await access.FindAsync(ids.Value!.Ids, panel.Ct);
        var instances = (await VpsNames.FindAsync(panel, ids.Value.Ids))
            .Select(vps => new OwnVps(vps, AccessRules.ExplainVps(user.Value, given[vps.VpsId])));

        // Those who decide are told of everybody's tasks there; they have pages for those.
        var submits = panel.Can(Permissions.SubmitTasks) && !panel.Can(Permissions.ApproveTasks);
        var tasks = submits ? await approvals.ListAsync(panel.Actor, null, new PageRequest(TasksShown), panel.Ct) : null;
        var waiting = submits ? await approvals.ListAsync(panel.Actor, ApprovalStatus.Pending, new PageRequest(1), panel.Ct) : null;
        var ownTokens = await tokens.ListOwnAsync(panel.Actor, new PageRequest(1), panel.Ct);
        var sessions = await accounts.ListSessionsAsync(panel.Actor, panel.Ct);
        return PanelAnswers.Page<OwnVpsPage>(new OwnVpsModel(
            [.. instances.OrderBy(v =>
                v.Vps.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(v => v.Vps.VpsId, StringComparer.Ordinal)],
            panel.Can(Permissions.ManageVps),
            tasks?.Value?.Items,
            waiting?.Value?.Total ?? 0,
            await groups.GetLimitsAsync(self, panel.Ct),
            ownTokens.Value?.Total ?? 0,
            sessions.Value?.Sessions.Count ?? 0));
    }
}
