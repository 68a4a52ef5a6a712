namespace KohakuRiver.Auth;

/// <summary>A stream of audit entries, newest first, read from the store as it is consumed, and recorded then. Consume it once.</summary>
/// <param name="Entries">The entries.</param>
public sealed record AuditExport(IAsyncEnumerable<AuditEntry> Entries);
