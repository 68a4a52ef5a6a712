namespace KohakuRiver.Auth.AdminPanel;

/// <param name="NewPassword">The user's next password.</param>
internal sealed record UserPasswordForm(Secret NewPassword) : PanelForm<UserPasswordForm>;
