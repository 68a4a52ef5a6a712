namespace KohakuRiver.Auth.AdminPanel;

internal sealed record GroupsModel(Page<Group> Groups, bool IsFirst);

/// <param name="Group">The group.</param>
/// <param name="Members">The page of members.</param>
/// <param name="Search">Whom to add: the start of a name; null when nothing is searched.</param>
/// <param name="Found">Who was found; null when nothing is searched.</param>
/// <param name="IsFirst">Whether it is the first page.</param>
internal sealed record GroupModel(Group Group, Page<UserDetails> Members, string? Search, IReadOnlyList<UserDetails>? Found, bool IsFirst);
