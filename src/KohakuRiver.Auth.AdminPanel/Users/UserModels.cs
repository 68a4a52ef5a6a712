namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Query">What is asked for; its page is the one shown.</param>
/// <param name="Users">The page.</param>
/// <param name="Groups">All groups, for filter and bulk change.</param>
internal sealed record UsersModel(UserQuery Query, Page<UserDetails> Users, IReadOnlyList<Group> Groups);

internal sealed record NewUserModel(IReadOnlyList<Group> Groups);

internal sealed record UserModel(
    UserDetails User,
    IReadOnlyList<Group> Groups,
    IReadOnlyList<Session>? Sessions,
    IReadOnlyList<ApiToken>? Tokens,
    IReadOnlyList<VpsInfo>? Vps,
    IReadOnlyList<AuditEntry>? Audit,
    IReadOnlyList<EffectiveLimit> Limits,
    IReadOnlyList<(ExternalIdentity Identity, string Title)> Identities);

internal sealed record DeleteUserModel(UserDetails User, int Sessions, long Tokens);

/// <summary>A link that is shown this once.</summary>
internal sealed record ResetLinkModel(UserDetails User, string Link, DateTimeOffset ExpiresAt);
