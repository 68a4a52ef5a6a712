using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The settings in force; of secrets only whether they are set.</summary>
internal sealed record SettingsResponse(
    [property: JsonPropertyName("session_lifetime_hours"), Description("How long a session lasts, in hours.")]
    double SessionLifetimeHours,
    [property: JsonPropertyName("session_idle_hours"), Description("After how many unused hours a session ends; 0 for never.")]
    double SessionIdleHours,
    [property: JsonPropertyName("invitation_lifetime_hours")]
    [property: Description("In how many hours an invitation expires if its creator does not specify it.")]
    double InvitationLifetimeHours,
    [property: JsonPropertyName("approval_required_roles"), Description("The roles whose tasks wait for approval.")]
    IReadOnlyList<Role> ApprovalRequiredRoles,
    [property: JsonPropertyName("registration"), Description("Who may create an account without an invitation.")]
    RegistrationMode Registration,
    [property: JsonPropertyName("admin_secret_set"), Description("Whether a master secret is configured.")]
    bool AdminSecretSet,
    [property: JsonPropertyName("admin_secret_previous_set"), Description("Whether a previous master secret is still accepted.")]
    bool AdminSecretPreviousSet,
    [property: JsonPropertyName("admin_register_secret_set"), Description("Whether a register secret is configured.")]
    bool AdminRegisterSecretSet,
    [property: JsonPropertyName("password_minimum_length"), Description("The minimum length of a new password.")]
    int PasswordMinimumLength,
    [property: JsonPropertyName("tokens_per_user"), Description("How many tokens a user can have.")]
    int TokensPerUser,
    [property: JsonPropertyName("sessions_per_user"), Description("How many sessions a user can have.")]
    int SessionsPerUser,
    [property: JsonPropertyName("open_invitations"), Description("How many invitations may be open at a time.")]
    int OpenInvitations);
