namespace KohakuRiver.Auth;

/// <summary>The assignments of one instance.</summary>
/// <param name="VpsId">The instance's id.</param>
/// <param name="Assignments">The assignments, oldest first.</param>
public sealed record VpsAssignments(string VpsId, IReadOnlyList<VpsAssignment> Assignments)
{
    /// <summary>
    /// Whether the host has the instance; always true in a host without <see cref="IVpsDirectory"/>. Assignments of one that it does not
    /// have give access to nothing and can only be removed.
    /// </summary>
    public bool IsKnown { get; init; } = true;
}
