namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for the settings.</summary>
internal static class SettingsExamples
{
    internal static SettingsResponse Current { get; } =
        new(24, 8, 72, [Role.User], RegistrationMode.Closed, true, false, true, 15, 50, 20, 1000);

    internal static UpdateSettingsRequest Update { get; } = new(12, 4, null, [Role.User, Role.Operator], null);

    internal static SettingsResponse Updated { get; } =
        Current with { SessionLifetimeHours = 12, SessionIdleHours = 4, ApprovalRequiredRoles = [Role.User, Role.Operator] };
}
