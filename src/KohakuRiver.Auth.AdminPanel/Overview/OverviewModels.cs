using KohakuRiver.Auth.AdminPanel.Audit;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The first page. What its reader may not see is null.</summary>
internal sealed record OverviewModel
{
    internal required Auth.Overview Figures { get; init; }

    /// <summary>What waits for the reader's decision.</summary>
    internal required WaitingModel? Waiting { get; init; }

    /// <summary>The newest entries of the audit log.</summary>
    internal required IReadOnlyList<AuditEntry>? Recent { get; init; }

    /// <summary>What those entries are about, as far as it is still there.</summary>
    internal required AuditNames Names { get; init; }

    /// <summary>Tokens that end soon: everybody's, or one's own.</summary>
    internal required IReadOnlyList<ApiToken> Ending { get; init; }

    internal required IReadOnlyList<NodeInfo>? Nodes { get; init; }

    /// <summary>What is to be done first; null where it is done or was put away.</summary>
    internal required StepsModel? Steps { get; init; }

    /// <summary>One's own latest submissions.</summary>
    internal required Page<Approval>? Own { get; init; }

    /// <summary>How many tokens one has.</summary>
    internal required long Tokens { get; init; }

    /// <summary>How many sessions one has.</summary>
    internal required int Sessions { get; init; }

    /// <summary>How many instances one may use.</summary>
    internal required int VpsCount { get; init; }

    /// <summary>The first few of them.</summary>
    internal required IReadOnlyList<VpsInfo> Vps { get; init; }

    /// <summary>How often somebody tried a wrong password of one's account lately.</summary>
    internal required long FailedLogins { get; init; }
}

/// <param name="Approvals">The oldest, and those decided since the page was opened.</param>
/// <param name="View">When it was opened.</param>
/// <param name="RequiredRoles">Whose own tasks wait for somebody else.</param>
internal sealed record WaitingModel(Page<Approval> Approvals, QueueView View, IReadOnlyCollection<Role> RequiredRoles);

/// <param name="HasUsers">Whether anybody else is here.</param>
/// <param name="HasGroups">Whether there is a group.</param>
/// <param name="HasTokens">Whether there is a token.</param>
internal sealed record StepsModel(bool HasUsers, bool HasGroups, bool HasTokens)
{
    internal bool IsDone => HasUsers && HasGroups && HasTokens;
}
