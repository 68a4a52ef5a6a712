namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The orders of lists of users, as addresses name them.</summary>
internal static class UserSorts
{
    private static readonly Dictionary<string, UserSort> Names = new(StringComparer.Ordinal)
    {
        ["username"] = UserSort.Username,
        ["role"] = UserSort.Role,
        ["created_at"] = UserSort.CreatedAt,
        ["last_login"] = UserSort.LastLogin,
    };

    /// <summary>Each upwards, and with - in front downwards.</summary>
    internal static string[] All { get; } = [.. Names.Keys.SelectMany(n => new[] { n, "-" + n })];

    /// <summary>The query in the order of this name.</summary>
    internal static UserQuery Apply(UserQuery query, string sort) =>
        query with { Sort = Names[sort.TrimStart('-')], Descending = sort[0] == '-' };
}
