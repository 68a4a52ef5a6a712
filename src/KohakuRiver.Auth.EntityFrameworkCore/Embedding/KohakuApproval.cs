namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// A submitted task and the decision about it, for queries of a host's own context; see <c>ApplyKohakuAuth</c>. What the task runs
/// is omitted: the host has it in its own table. Read only.
/// </summary>
public sealed record KohakuApproval
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The host's own id of the task; unique.</summary>
    public required string TaskId { get; init; }

    /// <summary>The <see cref="KohakuUser.Id"/>; null for the system and for deleted users.</summary>
    public required long? SubmitterId { get; init; }

    /// <summary>The submitter's username at that time.</summary>
    public required string Submitter { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The status; a number in the table.</summary>
    public required ApprovalStatus Status { get; init; }

    /// <summary>The <see cref="KohakuUser.Id"/> of who decided; null while pending, for the system and for deleted users.</summary>
    public required long? DecidedById { get; init; }

    /// <summary>The decider's username at that time; null while pending.</summary>
    public required string? DecidedBy { get; init; }

    /// <summary>When it was decided, UTC; null while pending.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The reason for a rejection; null without one.</summary>
    public required string? Reason { get; init; }

    /// <summary>When the host's scheduler accepted the decision, UTC; null before.</summary>
    public required DateTimeOffset? DeliveredAt { get; init; }
}
