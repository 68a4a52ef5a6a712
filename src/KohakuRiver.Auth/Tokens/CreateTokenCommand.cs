namespace KohakuRiver.Auth;

/// <summary>A token to create.</summary>
public sealed record CreateTokenCommand
{
    /// <summary>The name its owner chose.</summary>
    public string? Name { get; init; }

    /// <summary>When it expires; null = never. Not together with <see cref="ExpiresHours"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>In how many hours it expires, 1 to 87 600.</summary>
    public int? ExpiresHours { get; init; }
}
