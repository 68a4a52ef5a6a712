namespace KohakuRiver.Auth.Stores;

/// <summary>The audit log: appended to, read, pruned by age, never changed.</summary>
public interface IAuditStore : IKohakuStore
{
    /// <summary>Appends an entry that is part of no other write: a refusal or a failure.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries, newest first.</summary>
    Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>All matching entries, newest first, read as they are consumed.</summary>
    IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Removes entries from before <paramref name="before"/>; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
