namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Active">Whether the account is enabled from now on.</param>
internal sealed record UserActiveForm(bool Active) : PanelForm<UserActiveForm>;
