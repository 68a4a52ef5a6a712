namespace KohakuRiver.Auth;

/// <summary>Which approvals are wanted. All conditions hold together; newest submission first unless it says otherwise.</summary>
public sealed record ApprovalQuery
{
    /// <summary>Only those in this state.</summary>
    public ApprovalStatus? Status { get; init; }

    /// <summary>Only those of this submitter.</summary>
    public long? SubmitterId { get; init; }

    /// <summary>Only those of these ids (<see cref="Approval.Id"/>); null for all, and none at all where it is empty.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>
    /// Only those that were waiting at this instant, UTC, or began to wait later: what is pending, and what somebody decided after it. What
    /// was approved at once never waited. Together with <see cref="FirstId"/> a list of what waits keeps its rows while they are decided.
    /// </summary>
    public DateTimeOffset? WaitedAt { get; init; }

    /// <summary>Only those with this id or a higher one, so only those submitted no earlier than it.</summary>
    public long? FirstId { get; init; }

    /// <summary>Only those whose submitter is a member of this group now.</summary>
    public long? GroupId { get; init; }

    /// <summary>Only those that ask for exactly this node.</summary>
    public string? Node { get; init; }

    /// <summary>Only those that ask for GPUs by id, or only those that do not.</summary>
    public bool? AsksForGpus { get; init; }

    /// <summary>Only those that ask for so many cores or more.</summary>
    public int? LeastCores { get; init; }

    /// <summary>Only those that ask for so much memory or more, in bytes.</summary>
    public long? LeastMemoryBytes { get; init; }

    /// <summary>Oldest submission first. A cursor is valid for the order it came from.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>The page.</summary>
    public required PageRequest Page { get; init; }

    /// <summary>Rows to skip, for callers that page by number; 0 together with a cursor.</summary>
    public int Offset { get; init; }
}
