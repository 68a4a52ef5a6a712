using KohakuRiver.Auth.AdminPanel.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The host's nodes, where it shows them.</summary>
internal static class NodeEndpoints
{
    internal static void Map(RouteGroupBuilder panel) => panel.Page("/nodes", ListAsync).RequirePermission(Permissions.ViewNodes);

    private static async Task<IResult> ListAsync(PanelContext panel) =>
        panel.HasNodes ? PanelAnswers.Page<NodesPage>(new NodesModel(await FindAsync(panel))) : PanelAnswers.Refused(Refusals.Hidden);

    /// <summary>All nodes; none where the host shows none.</summary>
    internal static async Task<IReadOnlyList<NodeInfo>> FindAsync(PanelContext panel) =>
        panel.Http.RequestServices.GetService<INodeDirectory>() is { } directory ? await directory.ListAsync(panel.Ct) : [];
}
