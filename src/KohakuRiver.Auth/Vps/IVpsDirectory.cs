namespace KohakuRiver.Auth;

/// <summary>
/// The host's VPS instances. Optional: without one any id is accepted. Resolved in a scope of its own for each call.
/// </summary>
public interface IVpsDirectory
{
    /// <summary>All instances.</summary>
    Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The instance, or null.</summary>
    Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken);
}
