namespace KohakuRiver.Auth;

/// <summary>A sign-in of another authority that leads to an account here.</summary>
public sealed record ExternalIdentity
{
    /// <summary>The id.</summary>
    public required long Id { get; init; }

    /// <summary>The account it leads to.</summary>
    public required long UserId { get; init; }

    /// <summary>Which of the host's sign-ins it belongs to: <c>scheme:NAME</c> for an authentication scheme.</summary>
    public required string Provider { get; init; }

    /// <summary>Issuer and subject; no two accounts have the same.</summary>
    public required IdentityKey Key { get; init; }

    /// <summary>The name there when it was linked, for people to recognise it; may be empty.</summary>
    public required string LoginName { get; init; }

    /// <summary>When it was linked, UTC.</summary>
    public required DateTimeOffset LinkedAt { get; init; }

    /// <summary>When it was last used here, UTC, to the minute; null for never.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
