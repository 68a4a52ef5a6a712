namespace KohakuRiver.Auth.Import;

/// <summary>A VPS instance assigned to an imported account.</summary>
/// <param name="VpsId">The host's id of the instance.</param>
/// <param name="AssignedAt">When it was assigned, UTC.</param>
internal sealed record ImportedVps(string VpsId, DateTimeOffset AssignedAt);
