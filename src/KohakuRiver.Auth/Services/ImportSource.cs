namespace KohakuRiver.Auth;

/// <summary>
/// What an old KohakuRiver database holds, as it stands there: nothing is checked yet. A reader of the file makes it, for instance
/// <c>KohakuRiverFile</c> of the SQLite package.
/// </summary>
public sealed record ImportSource
{
    /// <summary>The rows of <c>users</c>.</summary>
    public IReadOnlyList<ImportSourceUser> Users { get; init; } = [];

    /// <summary>The rows of <c>groups</c>.</summary>
    public IReadOnlyList<ImportSourceGroup> Groups { get; init; } = [];

    /// <summary>The rows of <c>user_groups</c>.</summary>
    public IReadOnlyList<ImportSourceMembership> Memberships { get; init; } = [];

    /// <summary>The rows of <c>tokens</c>.</summary>
    public IReadOnlyList<ImportSourceToken> Tokens { get; init; } = [];

    /// <summary>The rows of <c>invitations</c>.</summary>
    public IReadOnlyList<ImportSourceInvitation> Invitations { get; init; } = [];

    /// <summary>The rows of <c>vps_assignments</c>.</summary>
    public IReadOnlyList<ImportSourceVpsAssignment> VpsAssignments { get; init; } = [];

    /// <summary>How many rows <c>sessions</c> has. Sessions are never imported.</summary>
    public int Sessions { get; init; }
}
