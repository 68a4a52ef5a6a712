namespace KohakuRiver.Cli;

/// <summary>What is stored for one host: the user logged in, and the token.</summary>
internal sealed record HostLogin
{
    public required string Token { get; init; }

    /// <summary>The token's id; null if the host did not report it.</summary>
    public long? TokenId { get; init; }

    public string? TokenName { get; init; }

    /// <summary>When the token expires; null for never, or when unknown.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public long? UserId { get; init; }

    public string? Username { get; init; }

    /// <summary>Whether <c>auth login</c> created the token. Only such a token is revoked when a later login replaces it.</summary>
    public bool MadeByLogin { get; init; }

    /// <summary>Whether both are of one account: by its id where both know it, else by its name.</summary>
    internal bool IsOfSameAccount(HostLogin other) => UserId is { } id && other.UserId is { } otherId
        ? id == otherId
        : string.Equals(Username, other.Username, StringComparison.OrdinalIgnoreCase);

    /// <summary>Does not print the token.</summary>
    public override string ToString() => $"{Username} ({TokenName})";
}
