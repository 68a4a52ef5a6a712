namespace KohakuRiver.Auth.AdminPanel;

/// <param name="RegisterSecret">The code of the setup link, or the register secret of the configuration.</param>
/// <param name="Username">The name to log in with.</param>
/// <param name="DisplayName">The name to show; null for the username.</param>
/// <param name="Password">The password.</param>
internal sealed record SetupForm(Secret RegisterSecret, string? Username, string? DisplayName, Secret Password) : PanelForm<SetupForm>;
