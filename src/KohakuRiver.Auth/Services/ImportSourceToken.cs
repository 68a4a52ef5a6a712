namespace KohakuRiver.Auth;

/// <summary>A row of the old table <c>tokens</c>.</summary>
/// <param name="Id">Its number in the old database.</param>
/// <param name="UserId">Whose.</param>
/// <param name="Hash">The SHA3-512 of its text in hexadecimal digits.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="LastUsedAt">The last request with it; null when never used.</param>
/// <param name="ExpiresAt">When it dies; null = never, as with all of the original host.</param>
/// <param name="CreatedAt">When it was made; null when that cannot be read.</param>
public sealed record ImportSourceToken(
    long Id, long? UserId, string? Hash, string? Name, DateTimeOffset? LastUsedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? CreatedAt);
