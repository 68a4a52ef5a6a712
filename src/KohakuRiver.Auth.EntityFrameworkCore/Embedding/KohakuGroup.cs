namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A group, for queries of a host's own context; see <c>ApplyKohakuAuth</c>. Read only.</summary>
public sealed record KohakuGroup
{
    /// <summary>The id, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The name; unique regardless of case.</summary>
    public required string Name { get; init; }

    /// <summary>The description; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The host's own rank of groups.</summary>
    public required int Tier { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
