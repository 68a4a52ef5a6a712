namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Role">The role.</param>
/// <param name="CurrentPassword">The actor's own password, where the user becomes an admin.</param>
internal sealed record UserRoleForm(Kept<Role?> Role, Secret CurrentPassword) : PanelForm<UserRoleForm>;
