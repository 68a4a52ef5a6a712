namespace KohakuRiver.Auth.Stores;

/// <summary>A group to create.</summary>
/// <param name="Name">Unique regardless of case.</param>
/// <param name="Description">Free text, may be empty.</param>
/// <param name="Tier">For display and sorting.</param>
/// <param name="Limits">Quotas by key, non-negative.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record NewGroup(
    string Name, string Description, int Tier, IReadOnlyDictionary<string, long> Limits, DateTimeOffset CreatedAt);
