namespace KohakuRiver.Auth.Stores;

/// <summary>
/// The session, token or external identity a change is made with, and the role its user had when the change was allowed. The change
/// requires that it still holds, inside its own transaction: a caller that lost access in the meantime changes nothing.
/// </summary>
public sealed record ActingCredential
{
    /// <summary><see cref="ActorKind.Session"/>, <see cref="ActorKind.Token"/> or <see cref="ActorKind.External"/>.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>
    /// The id of the session, token or identity, which must exist, be the user's and not be expired at the time of the audit entry.
    /// Identities do not expire.
    /// </summary>
    public required long Id { get; init; }

    /// <summary>The user, who must be active.</summary>
    public required long UserId { get; init; }

    /// <summary>
    /// The role the change was allowed for; the user must still have it or a higher one. While <see cref="User.MustChangePassword"/> a user
    /// has <see cref="Role.Anony"/> here, as <see cref="Actor.Role"/> does: stores compare with <see cref="AccessRules.RoleInForce"/>.
    /// </summary>
    public required Role Role { get; init; }

    /// <summary>
    /// What an actor's change requires; null where no stored credential is behind it (the master secret, the host itself, nobody).
    /// </summary>
    /// <param name="actor">The actor making the change. One created by hand, without a <see cref="Actor.CredentialId"/>, has none
    /// either.</param>
    public static ActingCredential? Of(Actor actor) =>
        actor is { Kind: ActorKind.Session or ActorKind.Token or ActorKind.External, CredentialId: { } id, Id: { } userId }
        ? new ActingCredential { Kind = actor.Kind, Id = id, UserId = userId, Role = actor.Role }
        : null;
}
