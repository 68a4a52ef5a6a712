namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Approvals">The page.</param>
/// <param name="Status">The filter; null for all.</param>
/// <param name="Page">Which page it is, from 1.</param>
internal sealed record HistoryModel(Page<Approval> Approvals, ApprovalStatus? Status, int Page);
