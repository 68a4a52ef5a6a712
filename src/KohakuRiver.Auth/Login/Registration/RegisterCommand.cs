namespace KohakuRiver.Auth;

/// <summary>A registration request. At most one of the three codes is set.</summary>
public sealed record RegisterCommand
{
    /// <summary>The username wanted.</summary>
    public string? Username { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>The display name; null = the username.</summary>
    public string? DisplayName { get; init; }

    /// <summary>A code of any kind (invitation, register secret, setup code), as it comes in the query of older clients.</summary>
    public string? AnyCode { get; init; }

    /// <summary>An invitation code.</summary>
    public string? InvitationCode { get; init; }

    /// <summary>The register secret or the setup code.</summary>
    public string? RegisterSecret { get; init; }

    /// <summary>The client.</summary>
    public ClientInfo Client { get; init; } = new();
}
