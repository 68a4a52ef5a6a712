namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Role">The role of those who register with it.</param>
/// <param name="GroupId">The group they join; null for none.</param>
/// <param name="MaxUsage">How many accounts it is good for.</param>
/// <param name="ExpiresHours">How long it is good, in hours.</param>
internal sealed record CreateInvitationForm(
    Role? Role,
    long? GroupId,
    [FaultsOf(nameof(CreateInvitationCommand.MaxUses))] int? MaxUsage,
    int? ExpiresHours) : PanelForm<CreateInvitationForm>;
