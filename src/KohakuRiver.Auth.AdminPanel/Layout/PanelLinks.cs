namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The pages of the navigation.</summary>
internal static class PanelLinks
{
    /// <summary>Those that the reader may see: address within the panel, icon, and name in their language.</summary>
    internal static IEnumerable<(string Path, string Icon, string Name)> Of(PanelContext panel)
    {
        var texts = panel.Texts;
        (string Path, string Icon, string Name, bool Shown)[] all =
        [
            ("", "overview", texts["Overview"], true),
            ("/approvals", "approvals", texts["Approvals"], panel.Can(Permissions.ApproveTasks)),
            ("/tasks", "tasks", texts["Tasks"], panel.HasTasks && panel.Can(Permissions.ViewTasks)),
            ("/nodes", "nodes", texts["Nodes"], panel.HasNodes && panel.Can(Permissions.ViewNodes)),
            ("/vps", "vps", texts["VPS"], panel.Can(Permissions.ManageVps)),
            (OwnVpsEndpoints.Address, "vps", texts["My VPS"], panel.Can(Permissions.ManageOwnAccount) && !panel.Can(Permissions.ManageVps)),
            ("/users", "users", texts["Users"], panel.Can(Permissions.ListUsers)),
            ("/groups", "groups", texts["Groups"], panel.Can(Permissions.ListUsers)),
            ("/invitations", "invitations", texts["Invitations"], panel.Can(Permissions.CreateInvitations)),
            ("/tokens", "key", texts["Tokens"], panel.Can(Permissions.ManageOwnAccount)),
            ("/audit", "audit", texts["Audit"], panel.Can(Permissions.ViewAudit)),
            ("/settings", "settings", texts["Settings"], panel.Can(Permissions.ManageSettings)),
        ];
        return all.Where(l => l.Shown).Select(l => (l.Path, l.Icon, l.Name)).Concat(
            from page in panel.Look.Pages
            where page.Title is not null && panel.Can(page.Permission)
            select (page.Pattern, "page", page.Title));
    }
}
