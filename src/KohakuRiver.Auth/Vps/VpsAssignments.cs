namespace KohakuRiver.Auth;

/// <summary>The assignments of one instance.</summary>
/// <param name="VpsId">The instance's id.</param>
/// <param name="Assignments">The assignments, oldest first.</param>
public sealed record VpsAssignments(string VpsId, IReadOnlyList<VpsAssignment> Assignments);
