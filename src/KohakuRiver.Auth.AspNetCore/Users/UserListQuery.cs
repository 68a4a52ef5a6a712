namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The query parameters of lists of users.</summary>
internal static class UserListQuery
{
    private const int LongestSearch = 100;

    private static readonly Dictionary<string, UserSort> Sorts = new(StringComparer.Ordinal)
    {
        ["username"] = UserSort.Username,
        ["role"] = UserSort.Role,
        ["created_at"] = UserSort.CreatedAt,
        ["last_login"] = UserSort.LastLogin,
    };

    private const string Username = "username";

    /// <summary>Those of all users.</summary>
    internal static IReadOnlyList<QueryParameter> OfAll { get; } =
    [
        QueryParameter.Text("search", LongestSearch, "A part of the username or display name, regardless of case and accents.", "mar"),
        QueryParameter.Text(
            Username, LongestSearch, "Only the user with exactly this username, regardless of case. The others count for nothing then.",
            "mary"),
        QueryParameter.OneOf("role", RoleNames.All, "Only users with this role.", "user"),
        QueryParameter.Id("group_id", "Only members of this group.", GroupExamples.LabRef.Id),
        QueryParameter.Bool("is_active", "Only enabled (true) or disabled (false) users.", true),
        QueryParameter.OneOf(
            "sort",
            Sorts.Keys.SelectMany(n => new[] { n, "-" + n }),
            "The order; - in front for descending. Defaults to -created_at.",
            "username"),
    ];

    /// <summary>Those of the members of one group.</summary>
    internal static IReadOnlyList<QueryParameter> OfMembers { get; } = [.. OfAll.Where(p => p.Name is not ("group_id" or Username))];

    /// <summary>The username that is asked for by itself; null for a list.</summary>
    internal static string? ReadUsername(StrictQuery query) => query.Text(Username, LongestSearch);

    /// <summary>Reads them with the page; faults are in <paramref name="query"/> then.</summary>
    internal static UserQuery Read(StrictQuery query)
    {
        var sort = query.Text("sort", 32);
        var descending = sort is null || sort.StartsWith('-');
        var by = UserSort.CreatedAt;
        if (sort is not null && !Sorts.TryGetValue(descending ? sort[1..] : sort, out by))
        {
            query.Fault(
                "sort", new RefusalText("Must be one of {0}, with - in front for descending.", string.Join(", ", Sorts.Keys)));
        }

        var wanted = new UserQuery
        {
            Search = query.Text("search", LongestSearch),
            Role = query.OneOf<Role>("role", RoleNames.All, RoleNames.TryParse),
            GroupId = query.Id("group_id"),
            IsActive = query.Bool("is_active"),
            Sort = by,
            Descending = descending,
            Page = new PageRequest(1),
        };
        return wanted with { Page = query.Page(wanted.OrderName) };
    }
}
