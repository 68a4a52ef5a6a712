namespace KohakuRiver.Auth;

/// <summary>
/// Who is acting, as resolved once for a request. Holds facts only; <see cref="AccessRules"/> decides from it
/// without I/O.
/// </summary>
public sealed record Actor
{
    /// <summary>The name under which the master secret, switched-off authentication and the host itself act.</summary>
    public const string SystemName = "_system";

    /// <summary>The name of a caller without credentials.</summary>
    public const string AnonymousName = "_anonymous";

    /// <summary>A caller without credentials and without a known address.</summary>
    public static Actor Anonymous { get; } = new() { Username = AnonymousName, Role = Role.Anony, Kind = ActorKind.Anonymous };

    /// <summary>The host itself, for work no person asked for.</summary>
    public static Actor Host { get; } = new() { Username = SystemName, Role = Role.Admin, Kind = ActorKind.System };

    /// <summary>The user's id; null for everyone who has no account (<c>_anonymous</c>, <c>_system</c>).</summary>
    public long? Id { get; init; }

    /// <summary>The login name, <see cref="SystemName"/> or <see cref="AnonymousName"/>.</summary>
    public required string Username { get; init; }

    /// <summary>
    /// The role as the account is now; <see cref="Role.Anony"/> without credentials, for a user an admin gave it to, and while
    /// <see cref="MustChangePassword"/>: <see cref="IsAuthenticated"/> and that tell these apart.
    /// </summary>
    public required Role Role { get; init; }

    /// <summary>How the actor came to be known.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>
    /// The id of the session, token or external identity, by <see cref="Kind"/>, as requests have it: changes require that it still exists.
    /// Null otherwise, and for an actor created by hand for a test.
    /// </summary>
    public long? CredentialId { get; init; }

    /// <summary>When the credential expires, UTC; null when it does not, or without one.</summary>
    public DateTimeOffset? CredentialExpiresAt { get; init; }

    /// <summary>The ids of the user's groups, ascending.</summary>
    public IReadOnlyList<long> GroupIds { get; init; } = [];

    /// <summary>The network address the request came from, for throttling and the audit log; null outside requests.</summary>
    public string? Address { get; init; }

    /// <summary>The language of the account, as a BCP 47 tag; null for the host's own, and without an account.</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Whether the account's password has to be changed before anything else. Then the <see cref="Role"/> is <see cref="Role.Anony"/>,
    /// whatever the account's is, so that whatever asks for a role or permission is refused, and
    /// <see cref="Refusals.PasswordChangeRequired"/> says why.
    /// </summary>
    public bool MustChangePassword { get; init; }

    /// <summary>False for a caller without credentials.</summary>
    public bool IsAuthenticated => Kind != ActorKind.Anonymous;

    /// <summary>The id of the actor's own session; null for whoever came another way.</summary>
    internal long? OwnSessionId => Kind == ActorKind.Session ? CredentialId : null;

    /// <summary>The credential as the audit log names it; null without one.</summary>
    public string? CredentialName => Kind switch
    {
        ActorKind.Session => CredentialId is { } session ? $"session:{session}" : "session",
        ActorKind.Token => CredentialId is { } token ? $"token:{token}" : "token",
        ActorKind.External => CredentialId is { } identity ? $"identity:{identity}" : "identity",
        ActorKind.MasterSecret => "master_secret",
        ActorKind.AuthOff => "auth_off",
        ActorKind.System => "host",
        _ => null,
    };
}
