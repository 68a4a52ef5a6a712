namespace KohakuRiver.Auth;

/// <summary>A node as the host describes it.</summary>
/// <param name="Hostname">Its name.</param>
/// <param name="Status">The host's own word for its state, for instance <c>online</c>.</param>
/// <param name="TotalCores">Cores it has.</param>
/// <param name="MemoryTotalBytes">Memory it has; null when unknown.</param>
/// <param name="Gpus">Its GPUs by name, in the order of their ids; empty for none.</param>
/// <param name="UsedCores">Cores that tasks hold now; null when unknown.</param>
/// <param name="UsedMemoryBytes">Memory that tasks hold now; null when unknown.</param>
public sealed record NodeInfo(
    string Hostname,
    string Status,
    int TotalCores,
    long? MemoryTotalBytes,
    IReadOnlyList<string> Gpus,
    int? UsedCores = null,
    long? UsedMemoryBytes = null);
