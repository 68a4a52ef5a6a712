namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Approvals">The page.</param>
/// <param name="Status">The filter; null for all.</param>
/// <param name="Person">Whose.</param>
/// <param name="Sort">The order, as the address has it.</param>
/// <param name="Page">Which page it is, from 1.</param>
internal sealed record HistoryModel(Page<Approval> Approvals, ApprovalStatus? Status, WantedPerson Person, string Sort, int Page)
{
    /// <summary>Oldest submission first.</summary>
    internal const string Upwards = "submitted_at";

    /// <summary>Newest submission first, as it is unless something else is asked for.</summary>
    internal const string Downwards = "-submitted_at";
}
