namespace KohakuRiver.Auth.Stores;

/// <summary>
/// What every verb that changes something takes: its audit entry, and the credential it is authorized by. One does not come
/// without the other, so that no verb acts for an actor that is gone.
/// </summary>
/// <remarks>
/// Before anything else a verb checks, inside its transaction, whether <see cref="Credential"/> still holds. If not it changes nothing,
/// writes no audit entry and is lost with <see cref="WriteStatus.ActorGone"/> (the session or token is ended or expired, the identity
/// unlinked, its user gone or disabled) or <see cref="WriteStatus.ActorDemoted"/> (the role is lower now, or the password has to be
/// changed before anything else: <see cref="ActingCredential.Role"/>). A change
/// that ends the credential, disables or demotes its user at the same time happens entirely before or entirely after it.
/// </remarks>
public sealed record AuthorizedWrite
{
    /// <summary>Written in the same transaction; not written when the verb is lost.</summary>
    public required AuditEntry Audit { get; init; }

    /// <summary>What must still hold; null where no stored credential is behind the change.</summary>
    public required ActingCredential? Credential { get; init; }

    /// <summary>A change by an actor, which requires the actor's session or token where there is one.</summary>
    public static AuthorizedWrite By(Actor actor, AuditEntry audit) =>
        new() { Audit = audit, Credential = ActingCredential.Of(actor) };

    /// <summary>
    /// A change authorized by something other than a credential of the caller: a password just verified, a code that the verb uses up, the
    /// host's own work.
    /// </summary>
    public static AuthorizedWrite WithoutCredential(AuditEntry audit) => new() { Audit = audit, Credential = null };
}
