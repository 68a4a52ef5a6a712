namespace KohakuRiver.Auth.AdminPanel;

/// <param name="DisplayName">The name to show.</param>
/// <param name="GroupIds">The groups the user belongs to.</param>
internal sealed record UserDetailsForm(
    Kept<string> DisplayName,
    [FaultsOf(nameof(UpdateUserCommand.AddGroupIds), nameof(UpdateUserCommand.RemoveGroupIds))] KeptList<long> GroupIds)
    : PanelForm<UserDetailsForm>;
