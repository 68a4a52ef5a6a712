namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A password or code somebody typed: it prints as nothing, and a form that is shown again does not hold it.</summary>
internal sealed class Secret(string? text)
{
    /// <summary>The plain text, for the service that checks it; null when it was not sent.</summary>
    internal string? Reveal() => text;
}
