namespace KohakuRiver.Auth.AspNetCore;

/// <summary>From the settings in force to their contract.</summary>
internal static class SettingsMapping
{
    internal static SettingsResponse ToResponse(this EffectiveSettings settings, KohakuAuthOptions options) => new(
        settings.SessionLifetime.TotalHours, settings.SessionIdleTimeout.TotalHours, settings.InvitationLifetime.TotalHours,
        settings.ApprovalRequiredRoles, settings.Registration, settings.AdminSecretSet, settings.AdminSecretPreviousSet,
        settings.AdminRegisterSecretSet, options.Passwords.MinimumLength, options.Limits.TokensPerUser, options.Limits.SessionsPerUser,
        options.Limits.OpenInvitations);
}
