namespace KohakuRiver.Auth;

/// <summary>A group to create.</summary>
public sealed record CreateGroupCommand
{
    /// <summary>The group's name; unique regardless of case.</summary>
    public string? Name { get; init; }

    /// <summary>Free text; null = none.</summary>
    public string? Description { get; init; }

    /// <summary>For display and sorting; null = 0.</summary>
    public int? Tier { get; init; }

    /// <summary>Quotas by key, non-negative; null = none.</summary>
    public IReadOnlyDictionary<string, long>? Limits { get; init; }
}
