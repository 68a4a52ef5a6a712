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

    /// <summary>Why; null when not given.</summary>
    public string? Reason { get; init; }
}
