namespace KohakuRiver.Auth;

/// <summary>What became of a submission.</summary>
/// <param name="Approval">The row as it was written, or as it stands when the same submission came again.</param>
public sealed record SubmissionResult(Approval Approval)
{
    /// <summary>True when it waits for a decision.</summary>
    public bool NeedsApproval => Approval.Status == ApprovalStatus.Pending;
}
