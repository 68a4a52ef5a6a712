namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Approvals">The page.</param>
/// <param name="IsHistory">The history, or what waits.</param>
/// <param name="Status">The history's filter; null for all.</param>
/// <param name="IsFirst">Whether it is the first page.</param>
internal sealed record ApprovalsModel(Page<Approval> Approvals, bool IsHistory, ApprovalStatus? Status, bool IsFirst);
