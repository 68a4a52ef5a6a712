namespace KohakuRiver.Auth;

/// <summary>The nodes of the host's cluster, for the panel. Optional. Resolved in a scope of its own or of the request.</summary>
public interface INodeDirectory
{
    /// <summary>All nodes, in display order. Only called for actors who may view nodes.</summary>
    Task<IReadOnlyList<NodeInfo>> ListAsync(CancellationToken cancellationToken);
}
