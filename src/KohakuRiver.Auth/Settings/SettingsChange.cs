namespace KohakuRiver.Auth;

/// <summary>The changes to the settings; null leaves a field unchanged.</summary>
public sealed record SettingsChange
{
    /// <summary>Whole hours, 1 to 8 760.</summary>
    public int? SessionLifetimeHours { get; init; }

    /// <summary>Whole hours, 0 (off) to 8 760.</summary>
    public int? SessionIdleHours { get; init; }

    /// <summary>Whole hours, 1 to 720 (30 days).</summary>
    public int? InvitationLifetimeHours { get; init; }

    /// <summary>Any of user, operator and admin; empty = nobody's submissions wait.</summary>
    public IReadOnlyList<Role>? ApprovalRequiredRoles { get; init; }

    /// <summary>Whether anyone may register as viewer.</summary>
    public RegistrationMode? Registration { get; init; }
}
