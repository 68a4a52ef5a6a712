namespace KohakuRiver.Cli;

/// <summary>What is remembered of one host: who is logged in there, and by which token.</summary>
internal sealed record HostLogin
{
    public required string Token { get; init; }

    /// <summary>Null while the host did not say which of the user's tokens this is.</summary>
    public long? TokenId { get; init; }

    public string? TokenName { get; init; }

    /// <summary>Null: the token has no expiry, or none that is known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public long? UserId { get; init; }

    public string? Username { get; init; }

    /// <summary>Whether <c>auth login</c> made the token. Only such a token is revoked when a later login replaces it.</summary>
    public bool MadeByLogin { get; init; }

    /// <summary>Prints no token.</summary>
    public override string ToString() => $"{Username} ({TokenName})";
}
