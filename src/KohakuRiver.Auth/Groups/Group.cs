namespace KohakuRiver.Auth;

/// <summary>A group of users: the unit of VPS assignment and of quotas.</summary>
public sealed record Group
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>Unique regardless of case.</summary>
    public required string Name { get; init; }

    /// <summary>Free text, may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>For display and sorting only.</summary>
    public int Tier { get; init; }

    /// <summary>Quotas by key, non-negative, ordered by key; empty when the group sets none.</summary>
    public IReadOnlyDictionary<string, long> Limits { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The number of members.</summary>
    public int MemberCount { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
