namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Tier">A number for display and sorting.</param>
/// <param name="Limits">Quotas as people type them (<see cref="LimitsText"/>).</param>
internal sealed record CreateGroupForm(string? Name, string? Description, int? Tier, string? Limits) : PanelForm<CreateGroupForm>;
