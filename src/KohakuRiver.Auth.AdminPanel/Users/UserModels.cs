namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Query">What is asked for; its page is the one shown.</param>
/// <param name="Place">Which page it is.</param>
/// <param name="Users">The page.</param>
/// <param name="Groups">All groups, for filter and bulk change.</param>
internal sealed record UsersModel(UserQuery Query, PagePlace Place, Page<UserDetails> Users, IReadOnlyList<Group> Groups);

/// <param name="Form">What was sent.</param>
/// <param name="Users">Who it is about.</param>
/// <param name="Group">The group, where it is about one.</param>
internal sealed record ChangeUsersModel(ChangeUsersForm Form, IReadOnlyList<User> Users, Group? Group)
{
    /// <summary>What is done once the reader has given their own password, sealed; null where none is needed.</summary>
    internal string? Confirm { get; init; }
}

/// <param name="Form">What was sent.</param>
/// <param name="Done">How many it was done to.</param>
/// <param name="Failed">Who could not be changed, and why.</param>
internal sealed record UsersChangedModel(ChangeUsersForm Form, int Done, IReadOnlyList<(string Name, string Reason)> Failed);

internal sealed record NewUserModel(IReadOnlyList<Group> Groups);

/// <summary>A new user whose password or link is shown this once.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The password that was made for them; null for none.</param>
/// <param name="Link">Where they set one themselves; null for none.</param>
/// <param name="ExpiresAt">Until when the link works; null without one.</param>
internal sealed record CreatedUserModel(UserDetails User, string? Password, string? Link, DateTimeOffset? ExpiresAt);

/// <param name="User">Who it is about.</param>
/// <param name="Groups">All groups, for choosing.</param>
/// <param name="Sessions">Where they are logged in; null for those who may not know.</param>
/// <param name="Tokens">The newest of their tokens; null for those who may not know.</param>
/// <param name="Vps">What they may enter; null for those who may not know.</param>
/// <param name="Activity">What they did and what was done to them, newest first; null for those who may not know.</param>
/// <param name="Limits">What their groups allow them.</param>
/// <param name="Identities">The sign-ins elsewhere that lead here.</param>
internal sealed record UserModel(
    UserDetails User,
    IReadOnlyList<Group> Groups,
    IReadOnlyList<Session>? Sessions,
    Page<ApiToken>? Tokens,
    UserVps? Vps,
    IReadOnlyList<AuditEntry>? Activity,
    IReadOnlyList<EffectiveLimit> Limits,
    IReadOnlyList<(ExternalIdentity Identity, string Title)> Identities);

/// <param name="User">Who is deleted.</param>
/// <param name="Sessions">How many of their sessions end.</param>
/// <param name="Tokens">How many of their tokens go.</param>
/// <param name="Confirm">The deletion, sealed.</param>
internal sealed record DeleteUserModel(UserDetails User, int Sessions, long Tokens, string Confirm);

/// <summary>A link that is shown this once.</summary>
internal sealed record ResetLinkModel(UserDetails User, string Link, DateTimeOffset ExpiresAt);
