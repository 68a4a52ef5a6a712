namespace KohakuRiver.Auth;

/// <summary>The settings in force: stored values where there are any, the configuration's otherwise.</summary>
public sealed record EffectiveSettings
{
    /// <summary>How long a new session lives at most.</summary>
    public required TimeSpan SessionLifetime { get; init; }

    /// <summary>How long a session may rest; zero = for ever within its lifetime.</summary>
    public required TimeSpan SessionIdleTimeout { get; init; }

    /// <summary>How long a new invitation lives unless its maker says otherwise.</summary>
    public required TimeSpan InvitationLifetime { get; init; }

    /// <summary>Whose submissions wait for a decision, lowest role first.</summary>
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
