using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The settings in force; of secrets only whether they are set.</summary>
internal sealed record SettingsResponse(
    [property: JsonPropertyName("session_lifetime_hours")] double SessionLifetimeHours,
    [property: JsonPropertyName("session_idle_hours")] double SessionIdleHours,
    [property: JsonPropertyName("invitation_lifetime_hours")] double InvitationLifetimeHours,
    [property: JsonPropertyName("approval_required_roles")] IReadOnlyList<Role> ApprovalRequiredRoles,
    [property: JsonPropertyName("registration")] RegistrationMode Registration,
    [property: JsonPropertyName("admin_secret_set")] bool AdminSecretSet,
    [property: JsonPropertyName("admin_secret_previous_set")] bool AdminSecretPreviousSet,
    [property: JsonPropertyName("admin_register_secret_set")] bool AdminRegisterSecretSet,
    [property: JsonPropertyName("password_minimum_length")] int PasswordMinimumLength,
    [property: JsonPropertyName("tokens_per_user")] int TokensPerUser,
    [property: JsonPropertyName("sessions_per_user")] int SessionsPerUser,
    [property: JsonPropertyName("open_invitations")] int OpenInvitations);

/// <summary>An audit entry.</summary>
internal sealed record AuditResponse(
    [property: JsonPropertyName("id")] long Id,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("actor_id")] long? ActorId,
    [property: JsonPropertyName("actor")] string Actor,
    [property: JsonPropertyName("credential")] string? Credential,
    [property: JsonPropertyName("ip")] string? Ip,
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("target_type")] string? TargetType,
    [property: JsonPropertyName("target_id")] string? TargetId,
    [property: JsonPropertyName("target")] string? Target,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("detail")] string? Detail,
    [property: JsonPropertyName("operation_id")] Guid OperationId);
