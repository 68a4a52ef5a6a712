namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Back">The page the button stands on.</param>
internal sealed record RevokeTokenForm(string? Back) : PanelForm<RevokeTokenForm>;
