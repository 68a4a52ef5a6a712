namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The same fields for a group that exists.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Tier">A number for display and sorting.</param>
/// <param name="Limits">Quotas as people type them (<see cref="LimitsText"/>).</param>
internal sealed record SaveGroupForm(
    Kept<string> Name,
    Kept<string> Description,
    Kept<int?> Tier,
    [FaultsOf(nameof(UpdateGroupCommand.SetLimits), nameof(UpdateGroupCommand.RemoveLimits))] Kept<string> Limits)
    : PanelForm<SaveGroupForm>;
