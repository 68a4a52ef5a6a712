namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Name">The name or id of what is to go, typed once more.</param>
internal sealed record DeleteVpsForm(string? Name) : PanelForm<DeleteVpsForm>;
