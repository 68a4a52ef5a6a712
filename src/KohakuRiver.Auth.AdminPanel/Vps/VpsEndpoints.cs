using KohakuRiver.Auth.AdminPanel.Vps;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Which VPS instances there are, and who may use them.</summary>
internal static class VpsEndpoints
{
    /// <summary>The page of a new instance. No id of a host holds the first character, so that it stands in no instance's way.</summary>
    internal const string New = "/vps/~new";

    /// <summary>Leads to the instance whose id is typed; of the same kind.</summary>
    internal const string Find = "/vps/~find";

    private const string One = "/vps/{vpsId}";

    internal static void Map(RouteGroupBuilder panel)
    {
        panel.Page("/vps", ListAsync).RequirePermission(Permissions.ManageVps);
        panel.Page(Find, Open).RequirePermission(Permissions.ManageVps);
        panel.Page(One, ShowAsync).RequirePermission(Permissions.ManageVps);
        panel.Post<AssignForm>(One + "/assign", AssignAsync, again: ShowAsync).RequirePermission(Permissions.ManageVps);
        panel.Post(One + "/users/{id:long:min(1)}/remove", RemoveUserAsync, again: ShowAsync).RequirePermission(Permissions.ManageVps);
        panel.Post(One + "/groups/{id:long:min(1)}/remove", RemoveGroupAsync, again: ShowAsync).RequirePermission(Permissions.ManageVps);
    }

    private static async Task<IResult> ListAsync(PanelContext panel, IVpsAccessService access)
    {
        if (await VpsNames.AllAsync(panel) is not { } all)
        {
            return PanelAnswers.Page<VpsListPage>(new VpsListModel(null, []));
        }

        var unknown = await access.ListUnknownAsync(panel.Actor, panel.Ct);
        if (!unknown.IsSuccess)
        {
            return PanelAnswers.Refused(unknown.Refusal);
        }

        var given = await access.FindAsync([.. all.Select(v => v.VpsId)], panel.Ct);
        var query = new StrictQuery(panel.Http);
        var (node, status) = (query.Text("node"), query.Text("status", 100));
        var kept = all.Where(v => (node is null || v.Node == node) && (status is null || v.Status == status))
            .Select(v => (Vps: v, Access: (IReadOnlyList<VpsAssignment>)[.. given[v.VpsId]]))
            .ToList();
        var list = WholeList.Show(
            WholeList.Of(kept) with { Total = all.Count },
            query,
            row => [row.Vps.Name, row.Vps.VpsId, row.Vps.Node, .. row.Access.Select(a => a.User?.Username ?? a.Group?.Name)],
            "name",
            ("name", r => r.Vps.Name),
            ("id", r => r.Vps.VpsId),
            ("node", r => r.Vps.Node),
            ("status", r => r.Vps.Status),
            ("access", r => r.Access.Count));
        return query.Refusal is { } fault
            ? PanelAnswers.Refused(fault)
            : PanelAnswers.Page<VpsListPage>(new VpsListModel(list, unknown.Value)
            {
                Node = node, Status = status, Nodes = Values(all.Select(v => v.Node)), Statuses = Values(all.Select(v => v.Status)),
            });
    }

    private static IReadOnlyList<string> Values(IEnumerable<string?> all) =>
        [.. all.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // Where the host has no directory any id is one; this leads there.
    private static IResult Open(PanelContext panel)
    {
        var query = new StrictQuery(panel.Http);
        var id = query.Text("vps_id", FieldRules.HostIdMaximum);
        return query.Refusal is { } fault ? PanelAnswers.Refused(fault)
            : FieldRules.HostId(id) is null ? PanelAnswers.SeeOther(panel.Url("/vps/" + Uri.EscapeDataString(id!)))
            : PanelAnswers.Refused(Refusals.Hidden);
    }

    private static async Task<IResult> ShowAsync(
        PanelContext panel, string vpsId, IVpsAccessService access, IGroupService groups, IUserService users)
    {
        var query = new StrictQuery(panel.Http);
        var search = query.Text("search", 100);
        if (query.Refusal is { } fault)
        {
            return PanelAnswers.Refused(fault);
        }

        var given = await access.ListAsync(panel.Actor, vpsId, panel.Ct);
        return given.IsSuccess
            ? PanelAnswers.Page<VpsPage>(new VpsModel(
                (await VpsNames.FindAsync(panel, [vpsId]))[0],
                given.Value.IsKnown,
                given.Value.Assignments,
                await GroupChoices.AllAsync(panel, groups),
                search,
                await PeopleSearch.FindAsync(panel, users, search)))
            : PanelAnswers.Refused(given.Refusal);
    }

    private static async Task<IResult> AssignAsync(PanelContext panel, string vpsId, AssignForm form, IVpsAccessService access)
    {
        if (form.Faults.ToRefusal() is not null)
        {
            return PanelAnswers.Refused(PanelRefusals.BadForm);
        }

        long[] users = form.UserId is { } user ? [user] : [];
        long[] groups = form.GroupId is { } group ? [group] : [];
        if (users.Length + groups.Length == 0)
        {
            return PanelAnswers.Done(panel, Path(vpsId), "nothing-chosen");
        }

        var outcome = await access.AssignAsync(panel.Actor, vpsId, users, groups, panel.Ct);
        return outcome.IsSuccess ? PanelAnswers.Done(panel, Path(vpsId), "vps-assigned") : PanelAnswers.Refused(outcome.Refusal);
    }

    private static async Task<IResult> RemoveUserAsync(PanelContext panel, string vpsId, long id, IVpsAccessService access) =>
        await RemovedAsync(panel, vpsId, access, await access.UnassignUserAsync(panel.Actor, vpsId, id, panel.Ct));

    private static async Task<IResult> RemoveGroupAsync(PanelContext panel, string vpsId, long id, IVpsAccessService access) =>
        await RemovedAsync(panel, vpsId, access, await access.UnassignGroupAsync(panel.Actor, vpsId, id, panel.Ct));

    // An instance that the host does not have ceases to be with its last assignment, and its page with it.
    private static async Task<IResult> RemovedAsync(PanelContext panel, string vpsId, IVpsAccessService access, KohakuResult outcome)
    {
        if (!outcome.IsSuccess && !ReferenceEquals(outcome.Refusal, Refusals.Hidden))
        {
            return PanelAnswers.Refused(outcome.Refusal);
        }

        var left = await access.ListAsync(panel.Actor, vpsId, panel.Ct);
        return PanelAnswers.Done(panel, left.IsSuccess ? Path(vpsId) : "/vps", outcome.IsSuccess ? "vps-removed" : "gone");
    }

    /// <summary>An instance's page.</summary>
    internal static string Path(string vpsId) => "/vps/" + Uri.EscapeDataString(vpsId);
}
