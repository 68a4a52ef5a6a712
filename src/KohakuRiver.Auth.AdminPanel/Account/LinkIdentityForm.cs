namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Row">The provider whose sign-in is linked.</param>
/// <param name="Person">Whose sign-in the page showed; see <see cref="SignInView.MarkOf"/>.</param>
/// <param name="CurrentPassword">The account's password.</param>
internal sealed record LinkIdentityForm(string? Row, string? Person, Secret CurrentPassword) : PanelForm<LinkIdentityForm>, IRowForm;
