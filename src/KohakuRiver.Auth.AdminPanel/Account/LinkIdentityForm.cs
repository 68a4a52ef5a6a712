namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Row">The provider whose sign-in is linked.</param>
/// <param name="Person">Whose sign-in the page showed; see <see cref="SignInView.MarkOf"/>.</param>
internal sealed record LinkIdentityForm(string? Row, string? Person) : PanelForm<LinkIdentityForm>, IRowForm;
