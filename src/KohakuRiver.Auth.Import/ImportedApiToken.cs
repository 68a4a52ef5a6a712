namespace KohakuRiver.Auth.Import;

/// <summary>A token to be imported with its account.</summary>
internal sealed record ImportedApiToken
{
    /// <summary>The SHA3-512 of its text.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>What stands in lists.</summary>
    public required string Prefix { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null when never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>UTC; null = does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
