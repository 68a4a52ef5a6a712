namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a form's token says of itself.</summary>
/// <param name="Nonce">Stands for this one page.</param>
/// <param name="IssuedAt">When the page was made.</param>
/// <param name="User">Whom it was made for; zero for nobody in particular.</param>
internal sealed record FormToken(string Nonce, DateTimeOffset IssuedAt, long User);
