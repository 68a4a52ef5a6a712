namespace KohakuRiver.Auth.AdminPanel;

internal sealed record LoginModel(
    string? Return, bool MayRegister, bool NeedsSetup, IReadOnlyList<SignInView> SignIns, IReadOnlyList<SignInLink> Links);

internal sealed record ResetModel(string? Code);
