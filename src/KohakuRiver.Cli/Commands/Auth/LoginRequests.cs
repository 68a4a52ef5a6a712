#pragma warning disable MA0048 // The small records of one area stand together, as the contracts of the host do.

namespace KohakuRiver.Cli;

/// <summary>The user now logged in, and the token.</summary>
internal sealed record LoginResult(User User, HostLogin Login);

/// <summary>Body of a login.</summary>
internal sealed record Credentials(string Username, string Password)
{
    /// <summary>Does not print the password.</summary>
    public override string ToString() => Username;
}

/// <summary>Body of a change of one's own password.</summary>
internal sealed record PasswordChange(string CurrentPassword, string NewPassword)
{
    /// <summary>Prints neither password.</summary>
    public override string ToString() => nameof(PasswordChange);
}

/// <summary>Body of a registration. One of the codes, or none where registration is open.</summary>
internal sealed record Registration(string Username, string Password, string? DisplayName, string? InvitationCode, string? RegisterSecret)
{
    /// <summary>Prints neither password nor code.</summary>
    public override string ToString() => Username;
}

/// <summary>Body of a request for a token.</summary>
internal sealed record TokenWanted(string Name, int? ExpiresHours);
