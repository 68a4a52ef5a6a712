namespace KohakuRiver.Auth.AdminPanel;

internal sealed record SettingsModel(EffectiveSettings Settings);
