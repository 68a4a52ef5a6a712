namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Username">The name to log in with.</param>
/// <param name="DisplayName">The name to show; null for the username.</param>
/// <param name="Password">The user's first password.</param>
/// <param name="Role">The user's role.</param>
/// <param name="GroupIds">The groups the user belongs to.</param>
/// <param name="CurrentPassword">The actor's own password, where an admin is created.</param>
internal sealed record CreateUserForm(
    string? Username, string? DisplayName, Secret Password, Role? Role, IReadOnlyList<long> GroupIds, Secret CurrentPassword)
    : PanelForm<CreateUserForm>;
