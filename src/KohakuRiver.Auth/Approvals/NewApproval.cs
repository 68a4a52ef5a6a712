namespace KohakuRiver.Auth.Stores;

/// <summary>A submission to be recorded.</summary>
public sealed record NewApproval
{
    /// <summary>What was submitted.</summary>
    public required TaskSubmission Task { get; init; }

    /// <summary>The submitter; null for the master secret and the host.</summary>
    public long? SubmitterId { get; init; }

    /// <summary>The submitter's name.</summary>
    public required string Submitter { get; init; }

    /// <summary>UTC; also the time of the decision where it is approved at once.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>True when nobody has to decide: the row is approved from the start, by the submitter.</summary>
    public required bool ApprovedAtOnce { get; init; }

    /// <summary>
    /// UTC. Where it is approved at once: the caller delivers it and holds it until then, as if leased; null to leave it to the next
    /// <see cref="IApprovalStore.LeaseUndeliveredAsync"/>. Ignored for what stays pending.
    /// </summary>
    public DateTimeOffset? HoldUntil { get; init; }
}
