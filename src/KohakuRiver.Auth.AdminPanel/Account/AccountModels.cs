namespace KohakuRiver.Auth.AdminPanel;

internal sealed record ErrorModel(int Status, string Message, string? TraceId);

internal sealed record LoginModel(string? Return, bool MayRegister, bool NeedsSetup);

/// <param name="Code">A good invitation's code; null without one.</param>
/// <param name="Preview">What it gives.</param>
/// <param name="Fault">Why the code in the link is not good; null when it is, or when there is none.</param>
/// <param name="IsOpen">Whether one may register without a code.</param>
internal sealed record RegisterModel(string? Code, InvitationPreview? Preview, string? Fault, bool IsOpen);

internal sealed record SetupModel(string? Code, bool IsRequired);

internal sealed record ResetModel(string? Code);

internal sealed record OverviewModel(
    Auth.Overview Figures, IReadOnlyList<Approval>? Own, long Tokens, int Sessions, int Vps, long FailedLogins);

internal sealed record AccountModel(
    UserDetails User, OwnSessions Sessions, long Tokens, IReadOnlyList<VpsInfo> Vps, IReadOnlyList<EffectiveLimit> Limits,
    AccountNotices Notices);
