namespace KohakuRiver.Auth;

/// <summary>
/// The five roles, in one line: each has everything the lower ones have. Compare with <c>&gt;=</c>.
/// </summary>
public enum Role
{
    /// <summary>Not logged in. Has no permission and cannot be assigned to a user or an invitation.</summary>
    Anony = 0,

    /// <summary>May look at nodes and tasks.</summary>
    Viewer = 1,

    /// <summary>May submit tasks, which then wait for approval.</summary>
    User = 2,

    /// <summary>Approves tasks and manages VPS instances; invites viewers.</summary>
    Operator = 3,

    /// <summary>Manages users, groups, settings and everything else.</summary>
    Admin = 4,
}
