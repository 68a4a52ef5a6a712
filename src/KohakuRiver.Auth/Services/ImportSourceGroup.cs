namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>groups</c>.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="Name">The name.</param>
/// <param name="Tier">For display.</param>
/// <param name="LimitsJson">The quotas, a JSON object.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceGroup(
    long Id, string? Name, int Tier, string? LimitsJson, DateTimeOffset? CreatedAt);
