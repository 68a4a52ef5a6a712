namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What is saved together: all of it, or nothing.</summary>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Role">The role.</param>
/// <param name="GroupIds">The groups the user belongs to.</param>
internal sealed record UserDetailsForm(
    Kept<string> DisplayName,
    Kept<Role?> Role,
    [FaultsOf(nameof(UpdateUserCommand.AddGroupIds), nameof(UpdateUserCommand.RemoveGroupIds))] KeptList<long> GroupIds)
    : PanelForm<UserDetailsForm>;
