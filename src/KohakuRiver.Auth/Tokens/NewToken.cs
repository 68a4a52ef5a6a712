namespace KohakuRiver.Auth.Stores;

/// <summary>An API token to be made.</summary>
public sealed record NewToken
{
    /// <summary>Whose.</summary>
    public required long UserId { get; init; }

    /// <summary>The hash of its secret.</summary>
    public required SecretHash Hash { get; init; }

    /// <summary>The recognisable first characters.</summary>
    public required string Prefix { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null = does not expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The token it is made with, which must still exist; null when made from a session.</summary>
    public long? ParentId { get; init; }

    /// <summary>How many unexpired tokens the user may hold.</summary>
    public required int Limit { get; init; }
}
