namespace KohakuRiver.Auth.Stores;

/// <summary>What is to change of a group; null leaves a field as it is.</summary>
public sealed record GroupChange
{
    /// <summary>The new name.</summary>
    public string? Name { get; init; }

    /// <summary>The new description.</summary>
    public string? Description { get; init; }

    /// <summary>The new tier.</summary>
    public int? Tier { get; init; }

    /// <summary>The new limits, replacing all of the old ones.</summary>
    public IReadOnlyDictionary<string, long>? Limits { get; init; }
}
