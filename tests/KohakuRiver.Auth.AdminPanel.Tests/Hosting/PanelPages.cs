namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Every page of the panel with the lowest role that sees it; anony for pages for everybody.</summary>
internal static class PanelPages
{
    /// <summary>Route pattern, address on a host filled by <see cref="Filling"/>, and role.</summary>
    internal static IReadOnlyList<(string Pattern, string Path, Role Role)> All { get; } =
    [
        ("/login", "/login", Role.Anony),
        ("/register", "/register", Role.Anony),
        ("/setup", "/setup", Role.Anony),
        ("/reset", "/reset?code=x", Role.Anony),
        ("", "", Role.Viewer),
        ("/search", "/search?q=the", Role.Viewer),
        ("/account", "/account", Role.Viewer),
        ("/account/vps", "/account/vps", Role.Viewer),
        ("/tokens", "/tokens", Role.Viewer),
        ("/nodes", "/nodes", Role.Viewer),
        ("/tasks", "/tasks", Role.Viewer),
        ("/tasks/{taskId}", "/tasks/000001", Role.Viewer),
        ("/tasks/~new", "/tasks/~new", Role.User),
        ("/approvals", "/approvals", Role.Operator),
        ("/approvals/history", "/approvals/history", Role.Operator),
        ("/approvals/people/{id:long:min(1)}", "/approvals/people/2", Role.Operator),
        ("/users", "/users", Role.Operator),
        ("/users/{id:long:min(1)}", "/users/1", Role.Operator),
        ("/groups", "/groups", Role.Operator),
        ("/groups/{id:long:min(1)}", "/groups/1?search=the", Role.Operator),
        ("/vps", "/vps", Role.Operator),
        ("/vps/{vpsId}", "/vps/vps-1?search=the", Role.Operator),
        ("/vps/~new", "/vps/~new", Role.Operator),
        ("/vps/{vpsId}/delete", "/vps/vps-1/delete", Role.Operator),
        ("/invitations", "/invitations", Role.Operator),
        ("/invitations/new", "/invitations/new", Role.Operator),
        ("/users/new", "/users/new", Role.Admin),
        ("/users/{id:long:min(1)}/delete", "/users/1/delete", Role.Admin),
        ("/groups/{id:long:min(1)}/delete", "/groups/1/delete", Role.Admin),
        ("/tokens/all", "/tokens/all", Role.Admin),
        ("/audit", "/audit", Role.Admin),
        ("/settings", "/settings", Role.Admin),
    ];

    /// <summary>Addresses that are read and are no pages, and the page that only somebody sees who must change the password.</summary>
    internal static IReadOnlyList<string> NoPages { get; } =
        ["/change-password", "/assets/{file}", "/approvals/events", "/audit/export", "/vps/~find", "/{**rest}"];
}
