using System.ComponentModel;
using System.Text.Json.Serialization;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Body of <c>PATCH /auth/settings</c>.</summary>
internal sealed record UpdateSettingsRequest(
    [property: JsonPropertyName("session_lifetime_hours"), Description("How long a session lasts, in hours.")]
    int? SessionLifetimeHours,
    [property: JsonPropertyName("session_idle_hours"), Description("After how many unused hours a session ends; 0 for never.")]
    int? SessionIdleHours,
    [property: JsonPropertyName("invitation_lifetime_hours")]
    [property: Description("In how many hours an invitation expires if its creator does not specify it, 1 to 720.")]
    int? InvitationLifetimeHours,
    [property: JsonPropertyName("approval_required_roles")]
    [property: Description("The roles whose tasks wait for approval: any of user, operator, admin.")]
    IReadOnlyList<Role>? ApprovalRequiredRoles,
    [property: JsonPropertyName("registration"), Description("Who may create an account without an invitation.")]
    RegistrationMode? Registration);
