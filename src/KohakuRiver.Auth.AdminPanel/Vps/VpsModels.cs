namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Instances">Instances with whom they are given to; null where the host has no directory.</param>
/// <param name="Unknown">Assignments of instances that the host does not have.</param>
internal sealed record VpsListModel(
    WholeList<(VpsInfo Vps, IReadOnlyList<VpsAssignment> Access)>? Instances, IReadOnlyList<VpsAssignments> Unknown)
{
    /// <summary>Only instances on this node; null for all.</summary>
    internal string? Node { get; init; }

    /// <summary>Only instances in this state; null for all.</summary>
    internal string? Status { get; init; }

    /// <summary>The nodes there are.</summary>
    internal IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The states there are.</summary>
    internal IReadOnlyList<string> Statuses { get; init; } = [];
}

/// <param name="IsKnown">Whether the host has it; otherwise its assignments can only be removed.</param>
internal sealed record VpsModel(
    VpsInfo Vps, bool IsKnown, IReadOnlyList<VpsAssignment> Access, IReadOnlyList<Group> Groups, string? Search,
    IReadOnlyList<UserDetails>? Found);
