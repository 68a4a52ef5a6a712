namespace KohakuRiver.Auth.Testing;

internal sealed record AuditRow(AuditEntry Entry) : IMemoryRow<long>
{
    public long Id => Entry.Id;

    public long Key => Entry.Id;
}
