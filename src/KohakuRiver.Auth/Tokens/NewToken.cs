namespace KohakuRiver.Auth.Stores;

/// <summary>An API token to create.</summary>
public sealed record NewToken
{
    /// <summary>The owner's id.</summary>
    public required long UserId { get; init; }

    /// <summary>The hash of its secret.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The recognizable first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>The name its owner chose.</summary>
    public required string Name { get; init; }

    /// <summary>When it is created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires, UTC; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token it is created with, which must still exist; null when created from a session.</summary>
    public long? ParentId { get; init; }

    /// <summary>How many unexpired tokens the user may have.</summary>
    public required int Limit { get; init; }
}
