namespace KohakuRiver.Auth.Testing;

/// <param name="Approval">The approval.</param>
/// <param name="HeldUntil">Leased by a caller for delivery until then; null for none.</param>
/// <param name="DueAt">When the next attempt is due; null = at once.</param>
internal sealed record ApprovalRow(Approval Approval, DateTimeOffset? HeldUntil = null, DateTimeOffset? DueAt = null) : IMemoryRow<string>
{
    public long Id => Approval.Id;

    public string Key => Approval.Task.TaskId;

    public bool IsUndelivered => Approval is { Status: not ApprovalStatus.Pending, DeliveredAt: null };
}
