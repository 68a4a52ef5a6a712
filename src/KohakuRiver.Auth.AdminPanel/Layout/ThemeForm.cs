namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The choice of colours.</summary>
/// <param name="Theme">Light, dark, or anything else for what the system says.</param>
internal sealed record ThemeForm(string? Theme) : PanelForm<ThemeForm>;
