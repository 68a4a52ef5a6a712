using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What would only be seen in a browser is said when the host starts.</summary>
internal sealed class AdminPanelOptionsValidator : IValidateOptions<AdminPanelOptions>
{
    private const int LongestName = 60;
    private const int LongestText = 1000;

    public ValidateOptionsResult Validate(string? name, AdminPanelOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AdminPanelOptions o)
    {
        if (!IsText(o.Name, LongestName))
        {
            yield return "AdminPanelOptions.Name needs 1 to 60 characters.";
        }

        if (o.LogoPath is { } logo && !IsPath(logo))
        {
            yield return $"AdminPanelOptions.LogoPath is '{logo}', which is no path of this host such as /img/logo.svg.";
        }

        if (o.AccentColor is { } color && !Rgb.TryParse(color, out _))
        {
            yield return $"AdminPanelOptions.AccentColor is '{color}', which is no colour such as #146069.";
        }

        if (!Enum.IsDefined(o.DefaultTheme))
        {
            yield return "AdminPanelOptions.DefaultTheme is no theme.";
        }

        foreach (var link in o.Links.Concat(o.HomeLink is { } home ? [home] : []))
        {
            if (!IsText(link.Text, LongestName) || !(IsPath(link.Address) || IsWebAddress(link.Address)))
            {
                yield return $"The link '{link.Text}' of AdminPanelOptions needs a text of 1 to 60 characters and a path such as /jobs, or "
                    + $"an address with https:// or http://; '{link.Address}' is neither.";
            }
        }

        if (o.FooterText?.Length > LongestText || o.LoginNotice?.Length > LongestText)
        {
            yield return "AdminPanelOptions.FooterText and LoginNotice have at most 1000 characters.";
        }

        foreach (var origin in o.FrameAncestors.Where(a => a != "'self'" && !IsOrigin(a)))
        {
            yield return $"AdminPanelOptions.FrameAncestors has '{origin}', which is no origin such as https://portal.example.org.";
        }

        if (o.Languages.Count == 0 || o.Languages.FirstOrDefault(l => LanguageTag.Fault(l) is not null) is not null)
        {
            yield return "AdminPanelOptions.Languages needs at least one tag such as en or zh-Hant, and nothing else.";
        }
        else if (o.Language is { } language && !o.Languages.Contains(language, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"AdminPanelOptions.Language is '{language}', which is none of its Languages.";
        }
    }

    private static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest;

    // One slash: with two it would be another host.
    private static bool IsPath(string? path) =>
        path is ['/'] or ['/', not ('/' or '\\'), ..] && Uri.TryCreate(path, UriKind.Relative, out _) && !path.Any(char.IsControl);

    private static bool IsWebAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    private static bool IsOrigin(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri.GetLeftPart(UriPartial.Authority).Equals(address, StringComparison.OrdinalIgnoreCase)
        && uri.UserInfo.Length == 0;
}
