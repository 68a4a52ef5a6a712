namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Username">Who.</param>
/// <param name="Password">Their password.</param>
/// <param name="Return">Where to go then; null for the first page.</param>
/// <param name="Kept">A form that waits for the login, as <see cref="SealedForm"/>; null for none.</param>
internal sealed record LoginForm(string? Username, Secret Password, string? Return, string? Kept) : PanelForm<LoginForm>;
