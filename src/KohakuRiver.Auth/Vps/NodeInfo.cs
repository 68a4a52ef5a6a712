namespace KohakuRiver.Auth;

/// <summary>A node as the host describes it.</summary>
/// <param name="Hostname">The node's name.</param>
/// <param name="Status">The host's own word for its state, for instance <c>online</c>.</param>
/// <param name="TotalCores">The number of cores.</param>
/// <param name="MemoryTotalBytes">The memory in bytes; null when unknown.</param>
/// <param name="Gpus">The names of its GPUs, in the order of their ids; empty for none.</param>
/// <param name="UsedCores">Cores in use by tasks; null when unknown.</param>
/// <param name="UsedMemoryBytes">Bytes of memory in use by tasks; null when unknown.</param>
public sealed record NodeInfo(
    string Hostname,
    string Status,
    int TotalCores,
    long? MemoryTotalBytes,
    IReadOnlyList<string> Gpus,
    int? UsedCores = null,
    long? UsedMemoryBytes = null);
