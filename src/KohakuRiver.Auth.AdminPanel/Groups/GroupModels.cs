namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Group">The group.</param>
/// <param name="Query">Which members are asked for, and their order.</param>
/// <param name="Members">The page of members.</param>
/// <param name="Place">Which page it is.</param>
/// <param name="Search">Whom to add: a part of a name; null when nothing is searched.</param>
/// <param name="Found">Who was found; null when nothing is searched.</param>
internal sealed record GroupModel(
    Group Group, UserQuery Query, Page<UserDetails> Members, PagePlace Place, string? Search, IReadOnlyList<UserDetails>? Found);
