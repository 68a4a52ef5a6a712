using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record AuditRow(AuditEntry Entry) : IMemoryRow<long>
{
    public long Id => Entry.Id;

    public long Key => Entry.Id;
}
