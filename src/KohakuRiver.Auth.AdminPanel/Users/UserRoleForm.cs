namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Role">The role.</param>
internal sealed record UserRoleForm(Kept<Role?> Role) : PanelForm<UserRoleForm>;
