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
        return [.. (await nodes.ListAsync(cancellationToken)).Select(node => new NodeBody(
            node.Hostname,
            NodeStore.StatusOf(node, now),
            node.TotalCores,
            node.MemoryTotalBytes,
            [.. node.Gpus.Select((name, id) => new GpuBody(id, name))]))];
    }
}

internal sealed record NodeBody(string Hostname, string Status, int TotalCores, long MemoryTotalBytes, IReadOnlyList<GpuBody> Gpus);

internal sealed record GpuBody(int GpuId, string Name);
