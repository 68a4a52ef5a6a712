using System.Globalization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>All groups, for choosing one.</summary>
internal static class GroupChoices
{
    private const int Most = 500;

    /// <summary>By name; the newest 500 where there are more. Empty for those who may not list groups.</summary>
    internal static async Task<IReadOnlyList<Group>> AllAsync(PanelContext panel, IGroupService groups)
    {
        var page = await groups.ListAsync(panel.Actor, new PageRequest(Most), panel.Ct);
        return page.IsSuccess ? [.. page.Value.Items.OrderBy(g => g.Name, StringComparer.OrdinalIgnoreCase)] : [];
    }

    /// <summary>The choices of a field, by id.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="none">How no group at all is called; null where one has to be chosen.</param>
    internal static IEnumerable<KeyValuePair<string, string>> Options(IEnumerable<Group> groups, string? none = null)
    {
        var all = groups.Select(g => KeyValuePair.Create(g.Id.ToString(CultureInfo.InvariantCulture), g.Name));
        return none is null ? all : all.Prepend(KeyValuePair.Create("", none));
    }
}
