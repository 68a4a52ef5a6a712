namespace KohakuRiver.Auth.Stores;

/// <summary>An identity to link.</summary>
public sealed record NewIdentity
{
    /// <summary>Which of the host's sign-ins it belongs to.</summary>
    public required string Provider { get; init; }

    /// <summary>Issuer and subject, both valid; compared byte for byte.</summary>
    public required IdentityKey Key { get; init; }

    /// <summary>The name there; may be empty.</summary>
    public required string LoginName { get; init; }

    /// <summary>When it is linked, UTC.</summary>
    public required DateTimeOffset LinkedAt { get; init; }
}
