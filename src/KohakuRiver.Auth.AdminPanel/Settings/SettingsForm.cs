namespace KohakuRiver.Auth.AdminPanel;

/// <param name="SessionLifetimeHours">How long sessions last.</param>
/// <param name="SessionIdleHours">How long they last without being used; 0 for as long as they last.</param>
/// <param name="InvitationLifetimeHours">How long invitations last where nothing else is said.</param>
/// <param name="ApprovalRequiredRoles">Whose tasks wait for approval.</param>
/// <param name="Registration">Who may register without an invitation.</param>
internal sealed record SettingsForm(
    Kept<int?> SessionLifetimeHours,
    Kept<int?> SessionIdleHours,
    Kept<int?> InvitationLifetimeHours,
    KeptList<Role> ApprovalRequiredRoles,
    Kept<RegistrationMode?> Registration) : PanelForm<SettingsForm>;
