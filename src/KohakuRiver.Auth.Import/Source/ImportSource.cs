namespace KohakuRiver.Auth.Import;

/// <summary>The content of an old KohakuRiver database, unchecked.</summary>
internal sealed record ImportSource
{
    /// <summary>The rows of <c>users</c>.</summary>
    public IReadOnlyList<User> Users { get; init; } = [];

    /// <summary>The rows of <c>groups</c>.</summary>
    public IReadOnlyList<Group> Groups { get; init; } = [];

    /// <summary>The rows of <c>user_groups</c>.</summary>
    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    /// <summary>The rows of <c>tokens</c>.</summary>
    public IReadOnlyList<Token> Tokens { get; init; } = [];

    /// <summary>The rows of <c>invitations</c>.</summary>
    public IReadOnlyList<Invitation> Invitations { get; init; } = [];

    /// <summary>The rows of <c>vps_assignments</c>.</summary>
    public IReadOnlyList<VpsAssignment> VpsAssignments { get; init; } = [];

    /// <summary>The rows of <c>tasks</c>; empty unless requested.</summary>
    public IReadOnlyList<Task> Tasks { get; init; } = [];

    /// <summary>The number of rows in <c>sessions</c>. Sessions are never imported.</summary>
    public int Sessions { get; init; }

    /// <summary>A row of the table <c>users</c>. Texts are null where the old database has none.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="Username">The login name.</param>
    /// <param name="DisplayName">The display name.</param>
    /// <param name="PasswordHash">The bcrypt hash.</param>
    /// <param name="Role">The name of the role.</param>
    /// <param name="IsActive">False when disabled; null when that cannot be read.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record User(
        long Id, string? Username, string? DisplayName, string? PasswordHash, string? Role, bool? IsActive, DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>groups</c>.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="Name">The name.</param>
    /// <param name="Tier">For display.</param>
    /// <param name="LimitsJson">The quotas, a JSON object.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record Group(long Id, string? Name, int Tier, string? LimitsJson, DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>user_groups</c>.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="UserId">The id of the user.</param>
    /// <param name="GroupId">The id of the group.</param>
    /// <param name="RoleOverride">A role inside the group, which the new host does not support.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record Membership(long Id, long? UserId, long? GroupId, string? RoleOverride, DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>tokens</c>.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="UserId">The id of its owner.</param>
    /// <param name="Hash">The SHA3-512 of the token in hexadecimal digits.</param>
    /// <param name="Name">The name its owner chose.</param>
    /// <param name="LastUsedAt">When it was last used; null for never.</param>
    /// <param name="ExpiresAt">When it expires; null = never, as for all tokens of the original host.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record Token(
        long Id,
        long? UserId,
        string? Hash,
        string? Name,
        DateTimeOffset? LastUsedAt,
        DateTimeOffset? ExpiresAt,
        DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>invitations</c>.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="Code">The code itself, which the original host keeps in plain text.</param>
    /// <param name="Role">The name of the role it grants.</param>
    /// <param name="GroupId">The group to join; null for none.</param>
    /// <param name="MaxUses">How many accounts it may create.</param>
    /// <param name="Uses">How many it has created.</param>
    /// <param name="ExpiresAt">When it expires; null when that cannot be read.</param>
    /// <param name="CreatedById">Its creator; null for the master secret.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record Invitation(
        long Id,
        string? Code,
        string? Role,
        long? GroupId,
        long MaxUses,
        long Uses,
        DateTimeOffset? ExpiresAt,
        long? CreatedById,
        DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>vps_assignments</c>.</summary>
    /// <param name="Id">Its id in the old database.</param>
    /// <param name="VpsId">The number of the VPS task.</param>
    /// <param name="UserId">The id of the user it is assigned to.</param>
    /// <param name="CreatedAt">When it was created; null when that cannot be read.</param>
    internal sealed record VpsAssignment(long Id, string? VpsId, long? UserId, DateTimeOffset? CreatedAt);

    /// <summary>A row of the table <c>tasks</c>, without output, environment and container.</summary>
    /// <param name="Id">Its id; 0 when that cannot be read.</param>
    /// <param name="Type">The name of its type; null for a command.</param>
    /// <param name="BatchId">The id of its submission.</param>
    /// <param name="Command">The command.</param>
    /// <param name="ArgumentsJson">The arguments, a JSON array.</param>
    /// <param name="Status">The name of its state.</param>
    /// <param name="OwnerId">The id of the user who submitted it; null for none.</param>
    /// <param name="Node">The node it was assigned to.</param>
    /// <param name="RequiredCores">The number of cores it asked for.</param>
    /// <param name="RequiredMemoryBytes">The memory it asked for; null = no limit.</param>
    /// <param name="ExitCode">The exit code.</param>
    /// <param name="ErrorMessage">Why it failed.</param>
    /// <param name="SubmittedAt">When it was submitted; null when that cannot be read.</param>
    /// <param name="StartedAt">When it was started.</param>
    /// <param name="CompletedAt">When it ended.</param>
    internal sealed record Task(
        long Id,
        string? Type,
        long? BatchId,
        string? Command,
        string? ArgumentsJson,
        string? Status,
        long? OwnerId,
        string? Node,
        int RequiredCores,
        long? RequiredMemoryBytes,
        long? ExitCode,
        string? ErrorMessage,
        DateTimeOffset? SubmittedAt,
        DateTimeOffset? StartedAt,
        DateTimeOffset? CompletedAt);
}
