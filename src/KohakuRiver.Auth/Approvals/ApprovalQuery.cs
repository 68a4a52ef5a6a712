namespace KohakuRiver.Auth;

/// <summary>Which approvals are wanted; newest submission first.</summary>
public sealed record ApprovalQuery
{
    /// <summary>Only those in this state.</summary>
    public ApprovalStatus? Status { get; init; }

    /// <summary>Only those of this submitter.</summary>
    public long? SubmitterId { get; init; }

    /// <summary>The page.</summary>
    public required PageRequest Page { get; init; }

    /// <summary>Rows to skip, for callers that page by number; 0 together with a cursor.</summary>
    public int Offset { get; init; }
}
