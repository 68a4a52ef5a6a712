namespace KohakuRiver.Auth;

/// <summary>What the owner of an account should know: failed logins, and changes to its credentials.</summary>
/// <param name="Since">The start of the period, UTC.</param>
/// <param name="FailedLogins">The number of failed logins since then.</param>
/// <param name="LatestFailures">The latest failed logins, newest first.</param>
/// <param name="Changes">
/// The latest changes of password, linked sign-ins, role and state, newest first, by the owner and by admins.
/// </param>
/// <param name="HasPassword">Whether the account has a password, or is reached by linked sign-ins alone.</param>
public sealed record AccountNotices(
    DateTimeOffset Since, long FailedLogins, IReadOnlyList<AuditEntry> LatestFailures, IReadOnlyList<AuditEntry> Changes,
    bool HasPassword);
