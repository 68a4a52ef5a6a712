namespace KohakuRiver.Auth;

/// <summary>A person's account. Carries no secret: the password hash stays in the store.</summary>
public sealed record User
{
    /// <summary>Positive, below 2^53, never reused.</summary>
    public required long Id { get; init; }

    /// <summary>The login name as chosen; unique regardless of case.</summary>
    public required string Username { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The language the person wants to be spoken to in, as a BCP 47 tag (RFC 5646); null for the host's own.</summary>
    public string? Language { get; init; }

    /// <summary>With <see cref="Role.Anony"/> the user may log in but has no permission.</summary>
    public required Role Role { get; init; }

    /// <summary>False while an admin has disabled the account.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When the account was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last successful password login, UTC; null when there was none.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Failed password logins since the last success, unlock or reset.</summary>
    public int FailedLogins { get; init; }

    /// <summary>Password login is refused before this instant, UTC; null when the account is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>
    /// Whether somebody else chose the password, so that the person has to choose their own before anything else: until then every
    /// credential of the account may only show the account, change its password and log out
    /// (<see cref="Refusals.PasswordChangeRequired"/>). Choosing a password, by whatever way, ends it.
    /// </summary>
    public bool MustChangePassword { get; init; }

    /// <summary>What the account may do by its role right now: nothing, until a required change of the password is made.</summary>
    internal Role RoleInForce => AccessRules.RoleInForce(Role, MustChangePassword);
}
