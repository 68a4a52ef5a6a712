namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Everything one look-up of a credential yields: the credential (exactly one of session and token), its
/// user in its current state, and the user's groups. Whether it is still valid is decided by
/// <c>CredentialRules.Check</c>.
/// </summary>
public sealed record CredentialRecord
{
    /// <summary>The session, or null when this is a token.</summary>
    public Session? Session { get; init; }

    /// <summary>The token, or null when this is a session.</summary>
    public ApiToken? Token { get; init; }

    /// <summary>The owner in its current state.</summary>
    public required User User { get; init; }

    /// <summary>The ids of the owner's groups, ascending.</summary>
    public required IReadOnlyList<long> GroupIds { get; init; }
}
