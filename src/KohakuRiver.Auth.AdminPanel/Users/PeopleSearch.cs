using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Finds people by a part of their name, for adding them to something.</summary>
internal static class PeopleSearch
{
    private const int Shown = 20;

    // No account has it.
    private const long Nobody = 0;

    /// <summary>
    /// Whose rows of a list are wanted, by a username or a part of a name that only one of them has. Whoever may not list users looks for
    /// nobody.
    /// </summary>
    internal static async Task<WantedPerson> WantAsync(PanelContext panel, string? text)
    {
        if (text is null || !panel.Can(Permissions.ListUsers))
        {
            return new WantedPerson(null, null, []);
        }

        var users = panel.Http.RequestServices.GetRequiredService<IUserService>();
        if ((await users.FindByNameAsync(panel.Actor, text.Trim(), panel.Ct)).Value is { } named)
        {
            return new WantedPerson(named.User.Username, named.User.Id, []);
        }

        var found = await FindAsync(panel, users, text) ?? [];
        return found is [var one]
            ? new WantedPerson(one.User.Username, one.User.Id, [])
            : new WantedPerson(text, Nobody, [.. found.Select(u => u.User.Username)]);
    }

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
