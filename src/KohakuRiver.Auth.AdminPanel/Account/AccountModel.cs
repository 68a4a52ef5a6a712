namespace KohakuRiver.Auth.AdminPanel;

internal sealed record AccountModel(
    UserDetails User, OwnSessions Sessions, long Tokens, IReadOnlyList<VpsInfo> Vps, IReadOnlyList<EffectiveLimit> Limits,
    AccountNotices Notices, IReadOnlyList<(ExternalIdentity Identity, string Title)> Identities, IReadOnlyList<SignInView> SignIns);
