namespace KohakuRiver.Auth;

/// <summary>A VPS instance as the host describes it.</summary>
/// <param name="VpsId">The host's id: 1 to 64 letters, digits, dots, underscores, colons or hyphens.</param>
/// <param name="Name">The name shown.</param>
/// <param name="Node">Where it runs; null when unknown.</param>
/// <param name="Status">The host's own word for its state; null when unknown.</param>
public sealed record VpsInfo(string VpsId, string Name, string? Node = null, string? Status = null);
