namespace KohakuRiver.Auth.Testing;

/// <summary>
/// Actors as requests would have them, for tests of rules, policies and services. The users among them exist in no store:
/// where the account matters, create it and use <see cref="Of(User, IEnumerable{long}?)"/>. A change made by an actor with a credential's
/// id requires that session or token in the stores; without an id, as here, none is required.
/// </summary>
public static class TestActors
{
    /// <summary>
    /// One actor of each kind: anonymous, every role by session and by token, the master secret, disabled
    /// authentication, the host. For matrices. Not those who come by a scheme of the host: to every rule they are what they are by a
    /// session.
    /// </summary>
    public static IReadOnlyList<Actor> All { get; } =
    [
        Anonymous(),
        Anony(),
        Viewer(),
        User(),
        Operator(),
        Admin(),
        Anony().AsToken(),
        Viewer().AsToken(),
        User().AsToken(),
        Operator().AsToken(),
        Admin().AsToken(),
        MasterSecret(),
        AuthOff(),
        Host(),
    ];

    /// <summary>A caller without credentials.</summary>
    public static Actor Anonymous() => Actor.Anonymous;

    /// <summary>The session of a user of the role <see cref="Role.Anony"/>, who has no permission: id 100, <c>anony</c>.</summary>
    public static Actor Anony() => Session(100, Role.Anony.ToName(), Role.Anony, groupIds: null);

    /// <summary>A viewer's session: id 101, <c>viewer</c>.</summary>
    public static Actor Viewer() => Of(Role.Viewer);

    /// <summary>A user's session: id 102, <c>user</c>.</summary>
    public static Actor User() => Of(Role.User);

    /// <summary>An operator's session: id 103, <c>operator</c>.</summary>
    public static Actor Operator() => Of(Role.Operator);

    /// <summary>An admin's session: id 104, <c>admin</c>.</summary>
    public static Actor Admin() => Of(Role.Admin);

    /// <summary>A request with the master secret: an admin without an account.</summary>
    public static Actor MasterSecret() => Actor.Host with { Kind = ActorKind.MasterSecret };

    /// <summary>Any caller while authentication is disabled: an admin without an account.</summary>
    public static Actor AuthOff() => Actor.Host with { Kind = ActorKind.AuthOff };

    /// <summary>The host itself, doing its own work.</summary>
    public static Actor Host() => Actor.Host;

    /// <summary>The session of a user with a role.</summary>
    /// <param name="role">
    /// The role; <see cref="Role.Anony"/> alone = <see cref="Anonymous"/>, a caller without an account. With details of an account it is
    /// the user of that role, who has no permission, like <see cref="Anony"/>.
    /// </param>
    /// <param name="id">The user's id; null = 100 and the role's number.</param>
    /// <param name="username">The login name; null = the role's name, with the id where one is passed.</param>
    /// <param name="groupIds">The groups; null for none.</param>
    public static Actor Of(Role role, long? id = null, string? username = null, IEnumerable<long>? groupIds = null)
    {
        return role == Role.Anony && id is null && username is null && groupIds is null
            ? Anonymous()
            : Session(id ?? 100 + (long)role, username ?? role.ToName() + id, role, groupIds);
    }

    /// <summary>The session of an account without groups, in its current state.</summary>
    /// <param name="user">The account.</param>
    public static Actor Of(User user) => Of(user, groupIds: null);

    /// <summary>The session of an account, in its current state.</summary>
    /// <param name="user">The account.</param>
    /// <param name="groupIds">Its groups; null for none.</param>
    public static Actor Of(User user, IEnumerable<long>? groupIds) => Session(user.Id, user.Username, user.Role, groupIds);

    /// <summary>The same user through an API token.</summary>
    /// <param name="actor">An actor with an account.</param>
    /// <param name="tokenId">The id of a token in the stores; null for one that does not exist, which no write requires.</param>
    /// <param name="expiresAt">When the token expires, UTC; null = does not expire.</param>
    /// <exception cref="ArgumentException">The actor has no account.</exception>
    public static Actor AsToken(this Actor actor, long? tokenId = null, DateTimeOffset? expiresAt = null) =>
        Through(actor, ActorKind.Token, tokenId, expiresAt);

    /// <summary>The same user through a session.</summary>
    /// <param name="actor">An actor with an account.</param>
    /// <param name="sessionId">The id of a session in the stores; null for one that does not exist, which no write requires.</param>
    /// <param name="expiresAt">When the session expires, UTC; null where it does not matter.</param>
    /// <exception cref="ArgumentException">The actor has no account.</exception>
    public static Actor AsSession(this Actor actor, long? sessionId = null, DateTimeOffset? expiresAt = null) =>
        Through(actor, ActorKind.Session, sessionId, expiresAt);

    private static Actor Session(long id, string username, Role role, IEnumerable<long>? groupIds) => new()
    {
        Id = id,
        Username = username,
        Role = role,
        Kind = ActorKind.Session,
        GroupIds = [.. (groupIds ?? []).Distinct().Order()],
    };

    private static Actor Through(Actor actor, ActorKind kind, long? credentialId, DateTimeOffset? expiresAt) => actor.Id is null
        ? throw new ArgumentException($"{actor.Username} has no account, and so no session or token.", nameof(actor))
        : actor with { Kind = kind, CredentialId = credentialId, CredentialExpiresAt = expiresAt };
}
