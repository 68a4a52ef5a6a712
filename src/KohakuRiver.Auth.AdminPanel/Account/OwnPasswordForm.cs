namespace KohakuRiver.Auth.AdminPanel;

/// <param name="CurrentPassword">The one in force.</param>
/// <param name="NewPassword">The next one.</param>
internal sealed record OwnPasswordForm(Secret CurrentPassword, Secret NewPassword) : PanelForm<OwnPasswordForm>;
