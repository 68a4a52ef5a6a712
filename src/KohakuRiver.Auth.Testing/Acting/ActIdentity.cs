namespace KohakuRiver.Auth.Testing;

/// <summary>The identity a client acts as.</summary>
internal sealed record ActIdentity
{
    public required string Username { get; init; }

    public required Role Role { get; init; }

    /// <summary>Session, token or master secret.</summary>
    public required ActorKind Kind { get; init; }

    public IReadOnlyCollection<string> Groups { get; init; } = [];

    public IReadOnlyCollection<long> GroupIds { get; init; } = [];

    public IReadOnlyCollection<string> Vps { get; init; } = [];

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>An account of the role, through a token.</summary>
    public static ActIdentity Of(Role role, string? username, IReadOnlyCollection<string>? groups, IReadOnlyCollection<string>? vps) =>
        new()
    {
        Username = username ?? role.ToName(),
        Role = role,
        Kind = ActorKind.Token,
        Groups = [.. groups ?? []],
        Vps = [.. vps ?? []],
    };

    /// <summary>Null for nobody.</summary>
    public static ActIdentity? Of(Actor actor) => actor.Kind switch
    {
        ActorKind.Anonymous => null,
        ActorKind.Session or ActorKind.Token or ActorKind.MasterSecret => new ActIdentity
        {
            Username = actor.Username,
            Role = actor.Role,
            Kind = actor.Kind,
            GroupIds = [.. actor.GroupIds],
            ExpiresAt = actor.CredentialExpiresAt,
        },
        ActorKind.External => throw new ArgumentException(
            "An external actor comes by a scheme of the host: let the request sign in there, or act by the account's session.",
            nameof(actor)),
        _ => throw new ArgumentException($"No request has an actor of the kind {actor.Kind}.", nameof(actor)),
    };
}
