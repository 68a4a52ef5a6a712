namespace KohakuRiver.Auth.Stores;

/// <summary>A session to create at login.</summary>
public sealed record NewSession
{
    /// <summary>The hash of the cookie's secret.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>When it is created, UTC; also the user's last login and the session's first use.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The network address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The user agent, bounded and cleaned by the caller.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The session that this one replaces; it ends, whoever owns it. Null for none.</summary>
    public SecretHash? Replaces { get; init; }

    /// <summary>How many sessions the user may have; the oldest end to make room.</summary>
    public required int Limit { get; init; }
}
