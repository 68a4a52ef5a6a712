namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Username">The name to log in with.</param>
/// <param name="DisplayName">The name to show; null for the username.</param>
/// <param name="FirstPassword">How the user gets a password; a form that does not say means the one it sends.</param>
/// <param name="Password">The first password, where it is typed.</param>
/// <param name="MustChange">Whether a password that others know has to be changed at the first login.</param>
/// <param name="Role">The user's role.</param>
/// <param name="GroupIds">The groups the user belongs to.</param>
internal sealed record CreateUserForm(
    string? Username, string? DisplayName, FirstPassword? FirstPassword, Secret Password, bool? MustChange, Role? Role,
    IReadOnlyList<long> GroupIds)
    : PanelForm<CreateUserForm>;
