using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

internal static class NodeEndpoints
{
    public static void MapNodes(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/nodes", ListAsync).RequirePermission(Permissions.ViewNodes);
    }

    private static async Task<List<NodeBody>> ListAsync(NodeStore nodes, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        var rows = await nodes.ListAsync(cancellationToken);
        var taken = await nodes.ListTakenAsync(cancellationToken);
        return [.. rows.Select(node => NodeBody.Of(node, taken.GetValueOrDefault(node.Hostname), now))];
    }
}
