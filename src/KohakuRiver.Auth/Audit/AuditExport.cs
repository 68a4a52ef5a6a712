namespace KohakuRiver.Auth;

/// <summary>A stream of audit entries, newest first, read from the store, and recorded, while it is consumed. Consume it once.</summary>
/// <param name="Entries">The entries.</param>
public sealed record AuditExport(IAsyncEnumerable<AuditEntry> Entries);
