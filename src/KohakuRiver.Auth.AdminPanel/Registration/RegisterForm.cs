namespace KohakuRiver.Auth.AdminPanel;

/// <param name="InvitationCode">From the link, or typed; null where anybody may register.</param>
/// <param name="Username">The name to log in with.</param>
/// <param name="DisplayName">The name to show; null for the username.</param>
/// <param name="Password">The password.</param>
internal sealed record RegisterForm(string? InvitationCode, string? Username, string? DisplayName, Secret Password)
    : PanelForm<RegisterForm>;
