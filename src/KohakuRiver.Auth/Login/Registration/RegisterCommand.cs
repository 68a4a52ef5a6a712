namespace KohakuRiver.Auth;

/// <summary>What somebody without an account sends to get one. At most one of the three codes is set.</summary>
public sealed record RegisterCommand
{
    /// <summary>The wished name.</summary>
    public string? Username { get; init; }

    /// <summary>The wished password.</summary>
    public string? Password { get; init; }

    /// <summary>The name shown to people; null = the username.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A code of any kind (invitation, register secret, set-up code), as it comes in the query of older clients.</summary>
    public string? AnyCode { get; init; }

    /// <summary>An invitation code.</summary>
    public string? InvitationCode { get; init; }

    /// <summary>The register secret or the set-up code.</summary>
    public string? RegisterSecret { get; init; }

    /// <summary>What is known of the client.</summary>
    public ClientInfo Client { get; init; } = new();
}
