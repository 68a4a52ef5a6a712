namespace KohakuRiver.Auth;

/// <summary>The settings in force: stored values where there are any, the configuration's otherwise.</summary>
public sealed record EffectiveSettings
{
    /// <summary>The longest lifetime of a new session.</summary>
    public required TimeSpan SessionLifetime { get; init; }

    /// <summary>How long a session may be idle; zero = forever within its lifetime.</summary>
    public required TimeSpan SessionIdleTimeout { get; init; }

    /// <summary>The lifetime of a new invitation unless its creator specifies another.</summary>
    public required TimeSpan InvitationLifetime { get; init; }

    /// <summary>Roles whose submissions wait for a decision, lowest first.</summary>
    public required IReadOnlyList<Role> ApprovalRequiredRoles { get; init; }

    /// <summary>Whether anyone may register as viewer.</summary>
    public required RegistrationMode Registration { get; init; }

    /// <summary>Whether a master secret is configured.</summary>
    public required bool AdminSecretSet { get; init; }

    /// <summary>Whether a second master secret is configured, for rotation.</summary>
    public required bool AdminSecretPreviousSet { get; init; }

    /// <summary>Whether a register secret is configured.</summary>
    public required bool AdminRegisterSecretSet { get; init; }
}
