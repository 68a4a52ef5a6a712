namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Finds people by a part of their name, for adding them to something.</summary>
internal static class PeopleSearch
{
    private const int Shown = 20;

    /// <summary>The first twenty by name; null when nothing is searched for.</summary>
    internal static async Task<IReadOnlyList<UserDetails>?> FindAsync(PanelContext panel, IUserService users, string? search)
    {
        if (string.IsNullOrWhiteSpace(search))
        {
            return null;
        }

        var page = await users.ListAsync(
            panel.Actor,
            new UserQuery { Search = search.Trim(), Sort = UserSort.Username, Descending = false, Page = new PageRequest(Shown) },
            panel.Ct);
        return page.IsSuccess ? page.Value.Items : [];
    }
}
