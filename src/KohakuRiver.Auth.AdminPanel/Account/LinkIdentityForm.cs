namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Row">The provider whose sign-in is linked.</param>
/// <param name="CurrentPassword">The account's password.</param>
internal sealed record LinkIdentityForm(string? Row, Secret CurrentPassword) : PanelForm<LinkIdentityForm>, IRowForm;
