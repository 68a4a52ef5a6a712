namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Required">Whether the user has to change the password before anything else from now on.</param>
internal sealed record UserMustChangeForm(bool Required) : PanelForm<UserMustChangeForm>;
