namespace KohakuRiver.Auth.AdminPanel;

/// <param name="DisplayName">One's own name to show.</param>
internal sealed record OwnNameForm(Kept<string> DisplayName) : PanelForm<OwnNameForm>;
