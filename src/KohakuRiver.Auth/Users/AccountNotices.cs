namespace KohakuRiver.Auth;

/// <summary>What its owner should know of an account: who tried to get in, and what changed about its credentials.</summary>
/// <param name="Since">From when on, UTC.</param>
/// <param name="FailedLogins">How many logins failed since then.</param>
/// <param name="LatestFailures">The latest of them, newest first.</param>
/// <param name="Changes">The latest changes of password, role and state, newest first, one's own and the admins'.</param>
public sealed record AccountNotices(
    DateTimeOffset Since, long FailedLogins, IReadOnlyList<AuditEntry> LatestFailures, IReadOnlyList<AuditEntry> Changes);
