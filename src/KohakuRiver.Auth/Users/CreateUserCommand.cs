namespace KohakuRiver.Auth;

/// <summary>A user an admin makes.</summary>
public sealed record CreateUserCommand
{
    /// <summary>The name; unique regardless of case.</summary>
    public string? Username { get; init; }

    /// <summary>The first password.</summary>
    public string? Password { get; init; }

    /// <summary>The role; null is a fault.</summary>
    public Role? Role { get; init; }

    /// <summary>The name shown to people; null = the username.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Groups to join; null = none.</summary>
    public IReadOnlyList<long>? GroupIds { get; init; }
}
