namespace KohakuRiver.Auth.Testing;

/// <param name="Approval">The approval.</param>
/// <param name="HeldUntil">Some caller delivers the decision until then; null when nobody does.</param>
/// <param name="DueAt">The next try is due then; null = at once.</param>
internal sealed record ApprovalRow(Approval Approval, DateTimeOffset? HeldUntil = null, DateTimeOffset? DueAt = null) : IMemoryRow<string>
{
    public long Id => Approval.Id;

    public string Key => Approval.Task.TaskId;

    public bool IsUndelivered => Approval is { Status: not ApprovalStatus.Pending, DeliveredAt: null };
}
