namespace KohakuRiver.Auth.Stores;

/// <summary>A session to be made with a login.</summary>
public sealed record NewSession
{
    /// <summary>The hash of the cookie's secret.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>UTC; also the user's last login and the session's first sighting.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The network address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Bounded and cleaned by the caller.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The session that this one replaces; it is ended, whoever's it is. Null for none.</summary>
    public SecretHash? Replaces { get; init; }

    /// <summary>How many sessions the user may hold; the oldest end to make room.</summary>
    public required int Limit { get; init; }
}
