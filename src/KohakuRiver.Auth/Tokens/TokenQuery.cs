namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Which tokens are looked for: few of many, without counting the others. All conditions hold together. With <see cref="ExpiresBefore"/>
/// those that end first come first, otherwise the newest.
/// </summary>
public sealed record TokenQuery
{
    /// <summary>Only of this user; null for everybody's.</summary>
    public long? UserId { get; init; }

    /// <summary>Only those of these ids; null for all, and none at all where it is empty.</summary>
    public IReadOnlyCollection<long>? Ids { get; init; }

    /// <summary>Only those whose <see cref="ApiToken.Prefix"/> begins so, case included; null for all.</summary>
    public string? Prefix { get; init; }

    /// <summary>Only those that end after this instant, UTC, so none that never does; null for all.</summary>
    public DateTimeOffset? ExpiresAfter { get; init; }

    /// <summary>Only those that end before this instant, UTC, so none that never does; null for all.</summary>
    public DateTimeOffset? ExpiresBefore { get; init; }

    /// <summary>How many are given at most; 1 or more.</summary>
    public required int Limit { get; init; }
}
