namespace KohakuRiver.Auth.Import;

/// <summary>What of an import's keys is there, as of one moment.</summary>
internal sealed record ImportState
{
    /// <summary>That of a database with nothing in it.</summary>
    public static ImportState Empty { get; } = new()
    {
        Users = [],
        Groups = [],
        Tokens = new HashSet<SecretHash>(),
        Invitations = new HashSet<SecretHash>(),
        Memberships = new HashSet<(long UserId, long GroupId)>(),
        VpsAssignments = new HashSet<(long UserId, string VpsId)>(),
        Marks = new HashSet<ImportMark>(),
    };

    /// <summary>The users of these names, regardless of case.</summary>
    public required IReadOnlyCollection<UserRef> Users { get; init; }

    /// <summary>The groups of these names, regardless of case.</summary>
    public required IReadOnlyCollection<GroupRef> Groups { get; init; }

    /// <summary>Those of the token hashes that are taken.</summary>
    public required IReadOnlySet<SecretHash> Tokens { get; init; }

    /// <summary>Those of the invitation hashes that are taken.</summary>
    public required IReadOnlySet<SecretHash> Invitations { get; init; }

    /// <summary>Who of <see cref="Users"/> belongs to which group.</summary>
    public required IReadOnlySet<(long UserId, long GroupId)> Memberships { get; init; }

    /// <summary>Which VPS instances are given to whom of <see cref="Users"/>, not counting those given to groups.</summary>
    public required IReadOnlySet<(long UserId, string VpsId)> VpsAssignments { get; init; }

    /// <summary>Those of the marks that earlier imports have left.</summary>
    public required IReadOnlySet<ImportMark> Marks { get; init; }
}
