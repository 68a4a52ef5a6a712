namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Instances">Instances with whom they are given to; null where the host has no directory.</param>
/// <param name="Unknown">Assignments of instances that the host does not have.</param>
internal sealed record VpsListModel(
    IReadOnlyList<(VpsInfo Vps, IReadOnlyList<VpsAssignment> Access)>? Instances, IReadOnlyList<VpsAssignments> Unknown);

/// <param name="IsKnown">Whether the host has it; otherwise its assignments can only be removed.</param>
internal sealed record VpsModel(
    VpsInfo Vps, bool IsKnown, IReadOnlyList<VpsAssignment> Access, IReadOnlyList<Group> Groups, string? Search,
    IReadOnlyList<UserDetails>? Found);
