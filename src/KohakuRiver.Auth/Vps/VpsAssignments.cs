namespace KohakuRiver.Auth;

/// <summary>Whom an instance is given to.</summary>
/// <param name="VpsId">The instance.</param>
/// <param name="Assignments">Oldest first.</param>
public sealed record VpsAssignments(string VpsId, IReadOnlyList<VpsAssignment> Assignments);
