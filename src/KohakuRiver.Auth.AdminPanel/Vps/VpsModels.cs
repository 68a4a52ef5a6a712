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

/// <param name="Offer">What the host asks for.</param>
/// <param name="Nodes">What the host says of its nodes; empty where it says nothing.</param>
internal sealed record NewVpsModel(VpsOffer Offer, IReadOnlyList<NodeInfo> Nodes);

/// <param name="Vps">What is to go.</param>
/// <param name="IsKnown">Whether the host still has it; otherwise its assignments are all that is left.</param>
/// <param name="Access">The assignments that go with it.</param>
internal sealed record DeleteVpsModel(VpsInfo Vps, bool IsKnown, IReadOnlyList<VpsAssignment> Access);

/// <param name="Instances">The reader's instances.</param>
/// <param name="MayUseAll">Whether the reader may use all instances because of the role.</param>
/// <param name="Tasks">The reader's latest submissions; null for those who submit none.</param>
/// <param name="Waiting">How many of them wait for approval.</param>
/// <param name="Limits">The limits that the reader's groups give.</param>
/// <param name="Tokens">How many tokens the reader has.</param>
/// <param name="Sessions">How many sessions the reader has.</param>
internal sealed record OwnVpsModel(
    IReadOnlyList<OwnVps> Instances, bool MayUseAll, IReadOnlyList<Approval>? Tasks, long Waiting,
    IReadOnlyList<EffectiveLimit> Limits, long Tokens, int Sessions);

/// <summary>An instance the reader may use, and why.</summary>
/// <param name="Vps">What the host says of it.</param>
/// <param name="Verdict">What the rule says.</param>
internal sealed record OwnVps(VpsInfo Vps, VpsVerdict Verdict);
