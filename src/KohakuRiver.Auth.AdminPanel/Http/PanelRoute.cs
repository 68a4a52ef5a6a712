namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Endpoint metadata: one of the panel's own routes, without the prefix the panel is mapped under.</summary>
/// <param name="Pattern">For instance <c>/users/{id:long}</c>.</param>
internal sealed record PanelRoute(string Pattern);
