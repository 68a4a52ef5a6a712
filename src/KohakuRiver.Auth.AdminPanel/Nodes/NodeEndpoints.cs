using KohakuRiver.Auth.AdminPanel.Nodes;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The host's nodes, where it shows them.</summary>
internal static class NodeEndpoints
{
    internal static void Map(RouteGroupBuilder panel) => panel.Page("/nodes", ListAsync).RequirePermission(Permissions.ViewNodes);

    private static async Task<IResult> ListAsync(PanelContext panel)
    {
        if (!panel.HasNodes)
        {
            return PanelAnswers.Refused(Refusals.Hidden);
        }

        var all = await FindAsync(panel);
        var query = new StrictQuery(panel.Http);
        var status = query.Text("status", 100);
        var kept = all.Where(n => status is null || n.Status == status).ToList();
        var list = WholeList.Show(
            WholeList.Of(kept) with { Total = all.Count },
            query,
            node => [node.Hostname, .. node.Gpus],
            "hostname",
            ("hostname", n => n.Hostname),
            ("status", n => n.Status),
            ("cores", n => n.TotalCores),
            ("memory", n => n.MemoryTotalBytes),
            ("gpus", n => n.Gpus.Count));
        return query.Refusal is { } fault
            ? PanelAnswers.Refused(fault)
            : PanelAnswers.Page<NodesPage>(new NodesModel(
                list, status, [.. all.Select(n => n.Status).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
    }

    /// <summary>All nodes; none where the host shows none.</summary>
    internal static async Task<IReadOnlyList<NodeInfo>> FindAsync(PanelContext panel) =>
        panel.Http.RequestServices.GetService<INodeDirectory>() is { } directory ? await directory.ListAsync(panel.Ct) : [];
}
