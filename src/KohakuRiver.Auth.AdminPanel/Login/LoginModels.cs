namespace KohakuRiver.Auth.AdminPanel;

internal sealed record LoginModel(string? Return, bool MayRegister, bool NeedsSetup);

internal sealed record ResetModel(string? Code);
