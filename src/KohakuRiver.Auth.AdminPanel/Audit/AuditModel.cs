namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Query">What is asked for.</param>
/// <param name="Place">Which page it is.</param>
/// <param name="Entries">The page.</param>
/// <param name="From">The first day, as it was typed.</param>
/// <param name="To">The last day, as it was typed.</param>
/// <param name="FromOffset">How far the clock of whoever typed it was from UTC at the first day's beginning.</param>
/// <param name="ToOffset">The same at the last day's end.</param>
internal sealed record AuditModel(
    AuditQuery Query, PagePlace Place, Page<AuditEntry> Entries, string? From, string? To, string? FromOffset, string? ToOffset);
