namespace KohakuRiver.Auth;

/// <summary>Which nodes the host's cluster has, for the panel. Optional. Resolved in a scope of its own or of the request.</summary>
public interface INodeDirectory
{
    /// <summary>All nodes, in the order to show them. Only asked for callers who may view nodes.</summary>
    Task<IReadOnlyList<NodeInfo>> ListAsync(CancellationToken cancellationToken);
}
