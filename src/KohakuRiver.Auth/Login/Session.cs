namespace KohakuRiver.Auth;

/// <summary>A browser login. The secret is only in the cookie; the store keeps its hash.</summary>
public sealed record Session
{
    /// <summary>Positive, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The id of the user.</summary>
    public required long UserId { get; init; }

    /// <summary>When the login happened, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request seen with it, UTC, exact to about a minute.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>The session is invalid from this instant on, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The network address of the login, for the user's own list.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The <c>User-Agent</c> of the login, bounded and without control characters.</summary>
    public string? UserAgent { get; init; }
}
