namespace KohakuRiver.Auth;

/// <summary>The figures of the overview page; each is null for callers who may not see what it counts.</summary>
internal sealed record Overview
{
    /// <summary>Tasks waiting for approval.</summary>
    public int? Pending { get; init; }

    /// <summary>Active sessions of all users.</summary>
    public int? ActiveSessions { get; init; }

    /// <summary>The number of users with each role, lowest first.</summary>
    public IReadOnlyList<KeyValuePair<Role, long>>? UsersByRole { get; init; }

    /// <summary>Password logins of the last 14 days, oldest first, today last.</summary>
    public IReadOnlyList<DayOfLogins>? Logins { get; init; }

    /// <summary>The newest entries of the audit log, newest first.</summary>
    public IReadOnlyList<AuditEntry>? Recent { get; init; }

    /// <summary>A few of those whose password login is locked, the longest first.</summary>
    public IReadOnlyList<User>? Locked { get; init; }
}
