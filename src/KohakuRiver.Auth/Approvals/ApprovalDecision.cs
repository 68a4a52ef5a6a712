namespace KohakuRiver.Auth.Stores;

/// <summary>What is decided about a pending submission.</summary>
public sealed record ApprovalDecision
{
    /// <summary>Not <see cref="ApprovalStatus.Pending"/>.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Who decides; null for the master secret.</summary>
    public long? DecidedById { get; init; }

    /// <summary>The decider's name.</summary>
    public required string DecidedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>
    /// UTC. The caller delivers the decision and holds it until then, as if leased; null to leave it to the next
    /// <see cref="IApprovalStore.LeaseUndeliveredAsync"/>.
    /// </summary>
    public DateTimeOffset? HoldUntil { get; init; }

    /// <summary>Why; null when not given.</summary>
    public string? Reason { get; init; }
}
