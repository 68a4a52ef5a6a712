namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Who may register: <c>closed</c> or <c>viewer</c>.</summary>
internal sealed class RegistrationModeConverter() : NameConverter<RegistrationMode>(Closed, Viewer)
{
    private const string Closed = "closed";
    private const string Viewer = "viewer";

    private protected override bool TryParse(string text, out RegistrationMode value)
    {
        value = text == Viewer ? RegistrationMode.Viewer : RegistrationMode.Closed;
        return text is Closed or Viewer;
    }

    private protected override string NameOf(RegistrationMode value) => value == RegistrationMode.Viewer ? Viewer : Closed;
}
