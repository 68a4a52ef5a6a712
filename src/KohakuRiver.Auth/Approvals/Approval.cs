namespace KohakuRiver.Auth;

/// <summary>A submission and what was decided about it. One row per task, kept when the submitter is deleted.</summary>
public sealed record Approval
{
    /// <summary>Positive, never reused; the order of submission.</summary>
    public required long Id { get; init; }

    /// <summary>What was submitted.</summary>
    public required TaskSubmission Task { get; init; }

    /// <summary>
    /// Whether arguments and details (the names of secret ones included) have been removed from <see cref="Task"/>, because
    /// <see cref="RetentionOptions.ApprovalContent"/> has passed since the decision. Who, when, what was decided, and what the task needed
    /// stay.
    /// </summary>
    public bool ContentRemoved { get; init; }

    /// <summary>The submitter; null when it was the master secret, or when the account has been deleted.</summary>
    public long? SubmitterId { get; init; }

    /// <summary>The submitter's name at the time.</summary>
    public required string Submitter { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Its current state.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>Who decided; null while pending, for the master secret, and when the account has been deleted.</summary>
    public long? DecidedById { get; init; }

    /// <summary>The decider's name at the time; null while pending.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When it was decided, UTC; null while pending.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was rejected; null when no reason was specified.</summary>
    public string? Reason { get; init; }

    /// <summary>When the host's handler accepted the decision, UTC; null until it did.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>How often delivery was tried.</summary>
    public int DeliveryAttempts { get; init; }
}
