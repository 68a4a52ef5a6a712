namespace KohakuRiver.Auth;

/// <summary>The figures of the overview page; each is null for those who may not see what it counts.</summary>
public sealed record Overview
{
    /// <summary>Tasks that wait for approval.</summary>
    public int? Pending { get; init; }

    /// <summary>Sessions alive, of everybody.</summary>
    public int? ActiveSessions { get; init; }

    /// <summary>How many users have each assignable role, lowest first.</summary>
    public IReadOnlyList<KeyValuePair<Role, long>>? UsersByRole { get; init; }

    /// <summary>Password logins of the last 14 days, oldest first, today last.</summary>
    public IReadOnlyList<DayOfLogins>? Logins { get; init; }
}
