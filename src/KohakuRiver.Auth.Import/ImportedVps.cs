namespace KohakuRiver.Auth.Import;

/// <summary>A VPS instance given to an imported account.</summary>
/// <param name="VpsId">The host's id of the instance.</param>
/// <param name="AssignedAt">UTC.</param>
internal sealed record ImportedVps(string VpsId, DateTimeOffset AssignedAt);
