using System.Globalization;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>One verb's draft. Unless it is committed, it is discarded.</summary>
internal sealed class MemoryWrite(MemoryData data)
{
    internal MemoryData Data => data;

    internal bool IsCommitted { get; private set; }

    /// <summary>Keeps the draft, with the audit entry; without a target id the entry gets <paramref name="madeId"/>.</summary>
    internal void Commit(AuthorizedWrite write, long? madeId = null)
    {
        var audit = write.Audit;
        data.Audit = data.Audit.With(new AuditRow(audit with
        {
            Id = data.Audit.NextId,
            At = Instants.Cut(audit.At),
            TargetId = audit.TargetId ?? madeId?.ToString(CultureInfo.InvariantCulture),
        }));
        IsCommitted = true;
    }

    /// <summary>Keeps the draft of a verb that writes no audit entry.</summary>
    internal void Commit() => IsCommitted = true;
}
