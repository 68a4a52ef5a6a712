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
}
