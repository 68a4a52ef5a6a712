namespace KohakuRiver.Auth.Import;

/// <summary>Which of an import's keys exist, at one moment.</summary>
internal sealed record ImportState
{
    /// <summary>The state of an empty database.</summary>
    public static ImportState Empty { get; } = new()
    {
        Users = [],
        Groups = [],
        Tokens = new HashSet<SecretHash>(),
        Invitations = new HashSet<SecretHash>(),
        Memberships = new HashSet<(long UserId, long GroupId)>(),
        VpsAssignments = new HashSet<(long UserId, string VpsId)>(),
        Marks = new HashSet<ImportMark>(),
        Accounts = new Dictionary<ImportMark, UserRef>(),
    };

    /// <summary>The users with these names, regardless of case, and those of <see cref="Accounts"/>.</summary>
    public required IReadOnlyCollection<UserRef> Users { get; init; }

    /// <summary>The groups with these names, regardless of case.</summary>
    public required IReadOnlyCollection<GroupRef> Groups { get; init; }

    /// <summary>The token hashes that are taken.</summary>
    public required IReadOnlySet<SecretHash> Tokens { get; init; }

    /// <summary>The invitation hashes that are taken.</summary>
    public required IReadOnlySet<SecretHash> Invitations { get; init; }

    /// <summary>The memberships of <see cref="Users"/>.</summary>
    public required IReadOnlySet<(long UserId, long GroupId)> Memberships { get; init; }

    /// <summary>The VPS instances assigned to <see cref="Users"/>, without those assigned to groups.</summary>
    public required IReadOnlySet<(long UserId, string VpsId)> VpsAssignments { get; init; }

    /// <summary>The marks left by earlier imports.</summary>
    public required IReadOnlySet<ImportMark> Marks { get; init; }

    /// <summary>The accounts that the marks of users stand for, as far as they still exist; they are among <see cref="Users"/>.</summary>
    public required IReadOnlyDictionary<ImportMark, UserRef> Accounts { get; init; }
}
