namespace KohakuRiver.Auth;

/// <summary>A bearer token for scripts. The store keeps only the hash of its secret.</summary>
public sealed record ApiToken
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>Whose rights it carries.</summary>
    public required UserRef Owner { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The first characters of the secret, enough to recognise it and far too few to use it; the word <c>imported</c> for a
    /// token from a KohakuRiver database, whose text nobody knows.
    /// </summary>
    public required string Prefix { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request seen with it, UTC, exact to about a minute; null when never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The token is dead at and after this instant, UTC; null when it does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token this one was made with: it dies when that one is revoked or expires. Null when made from a session.</summary>
    public long? ParentId { get; init; }
}
