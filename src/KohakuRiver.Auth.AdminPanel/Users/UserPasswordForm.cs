namespace KohakuRiver.Auth.AdminPanel;

/// <param name="NewPassword">The user's next password.</param>
/// <param name="MustChange">Whether they have to choose another one at the next login.</param>
internal sealed record UserPasswordForm(Secret NewPassword, bool? MustChange) : PanelForm<UserPasswordForm>;
