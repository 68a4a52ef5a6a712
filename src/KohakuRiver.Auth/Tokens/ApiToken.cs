namespace KohakuRiver.Auth;

/// <summary>A bearer token for scripts. The store keeps only the hash of its secret.</summary>
public sealed record ApiToken
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The owner, whose rights it carries.</summary>
    public required UserRef Owner { get; init; }

    /// <summary>The name its owner chose.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The first characters of the secret, enough to recognize it and far too few to use it; the word <c>imported</c> for a
    /// token from a KohakuRiver database, whose text is unknown.
    /// </summary>
    public required string Prefix { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request seen with it, UTC, exact to about a minute; null when never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The token is invalid from this instant on, UTC; null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token this one was made with: it ends when that one is revoked or expires. Null when created from a session.</summary>
    public long? ParentId { get; init; }
}
