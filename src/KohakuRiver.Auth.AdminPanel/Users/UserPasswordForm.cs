namespace KohakuRiver.Auth.AdminPanel;

/// <param name="NewPassword">The user's next password.</param>
/// <param name="CurrentPassword">The actor's own password, where the user is an admin.</param>
internal sealed record UserPasswordForm(Secret NewPassword, Secret CurrentPassword) : PanelForm<UserPasswordForm>;
