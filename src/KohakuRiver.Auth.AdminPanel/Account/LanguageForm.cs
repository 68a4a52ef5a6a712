namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Language">The language of one's account; empty for the browser's.</param>
internal sealed record LanguageForm(string? Language) : PanelForm<LanguageForm>;
