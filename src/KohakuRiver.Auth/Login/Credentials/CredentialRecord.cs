namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Everything one look-up of a credential yields: the credential (exactly one of session, token and identity), its
/// user in its current state, and the user's groups. Whether it is still valid is decided by
/// <c>CredentialRules.Check</c>.
/// </summary>
public sealed record CredentialRecord
{
    /// <summary>The session, or null when this is something else.</summary>
    public Session? Session { get; init; }

    /// <summary>The token, or null when this is something else.</summary>
    public ApiToken? Token { get; init; }

    /// <summary>The identity at another authority, or null when this is something else.</summary>
    public ExternalIdentity? Identity { get; init; }

    /// <summary>The owner in its current state.</summary>
    public required User User { get; init; }

    /// <summary>The ids of the owner's groups, ascending.</summary>
    public required IReadOnlyList<long> GroupIds { get; init; }
}
