namespace KohakuRiver.Auth.Import;

/// <summary>A token to import with its account.</summary>
internal sealed record ImportedApiToken
{
    /// <summary>The SHA3-512 of its text.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The prefix shown in lists.</summary>
    public required string Prefix { get; init; }

    /// <summary>The name its owner chose.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, UTC; null when never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it expires, UTC; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
