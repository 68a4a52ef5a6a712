namespace KohakuRiver.Auth;

/// <summary>A user that an admin creates.</summary>
public sealed record CreateUserCommand
{
    /// <summary>The username; unique regardless of case.</summary>
    public string? Username { get; init; }

    /// <summary>The first password.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// True for an account that has no password until a reset code sets one
    /// (<see cref="IUserCredentialService.CreateResetCodeAsync"/>); <see cref="Password"/> is null then. With
    /// <see cref="IUserService.CreateWithCodeAsync"/> it is always so.
    /// </summary>
    public bool WithoutPassword { get; init; }

    /// <summary>
    /// Whether the password has to be changed at the first login, as somebody else knows it; see
    /// <see cref="User.MustChangePassword"/>. Not for an account without a password, whose first one its owner chooses.
    /// </summary>
    public bool MustChange { get; init; }

    /// <summary>The role; null is an error.</summary>
    public Role? Role { get; init; }

    /// <summary>The display name; null = the username.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Groups to join; null = none.</summary>
    public IReadOnlyList<long>? GroupIds { get; init; }
}
