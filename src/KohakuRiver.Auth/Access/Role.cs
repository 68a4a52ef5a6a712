namespace KohakuRiver.Auth;

/// <summary>
/// The five roles, in one line: each has everything the lower ones have. Compare with <c>&gt;=</c>.
/// </summary>
public enum Role
{
    /// <summary>
    /// Has no permission: callers without credentials, and users an admin gave it to. Such a user may log in, see who they are and log
    /// out, and is told why nothing else works. No invitation grants it.
    /// </summary>
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
