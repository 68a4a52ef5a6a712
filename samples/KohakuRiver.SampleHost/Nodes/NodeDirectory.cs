using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>This cluster's nodes for the panel.</summary>
internal sealed class NodeDirectory(NodeStore nodes, TimeProvider clock) : INodeDirectory
{
    // <snippet:nodes>
    public async Task<IReadOnlyList<NodeInfo>> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetInstant();
        return [.. (await nodes.ListAsync(cancellationToken)).Select(node => new NodeInfo(
            node.Hostname, NodeStore.StatusOf(node, now), node.TotalCores, node.MemoryTotalBytes, node.Gpus))];
    }
    // </snippet:nodes>
}
