namespace KohakuRiver.Auth;

/// <summary>Whether somebody may use a VPS, and why: what <see cref="AccessRules.ExplainVps"/> says.</summary>
public sealed record VpsVerdict
{
    /// <summary>The reason; of several, the one that needs least: the role, then the assignment, then the groups.</summary>
    public required VpsReason Reason { get; init; }

    /// <summary>Whether it is assigned to them directly, also where that is not the reason.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>The groups of theirs that have it, also where that is not the reason; ordered by name, empty for none.</summary>
    public IReadOnlyList<GroupRef> Groups { get; init; } = [];

    /// <summary>Whether they may use it.</summary>
    public bool IsAllowed => Reason is VpsReason.ManagesVps or VpsReason.Assigned or VpsReason.MemberOfGroup;
}
