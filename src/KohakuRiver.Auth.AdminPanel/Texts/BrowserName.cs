namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// The browser and the system that a user agent names. Whoever sends it writes what they like: it is a help for recognizing one's own
/// sessions, nothing is decided by it, and of the text only names from a table, digits and one short word are taken.
/// </summary>
/// <param name="Name">The browser, or the first word of a program that is none.</param>
/// <param name="Version">The first number of its version; null for none.</param>
/// <param name="System">What it runs on; null when that is not named.</param>
internal sealed record BrowserName(string Name, string? Version, string? System)
{
    private const int Longest = 512;
    private const int LongestProgram = 40;
    private const int LongestVersion = 6;

    // Each also names those it descends from, so whoever adds a name of its own comes first. A browser of Chromium's family that adds
    // none, Chrome too, says no more than the family.
    private static readonly (string Mark, string Name, string VersionMark)[] Browsers =
    [
        ("Edg/", "Edge", "Edg/"),
        ("EdgA/", "Edge", "EdgA/"),
        ("EdgiOS/", "Edge", "EdgiOS/"),
        ("OPR/", "Opera", "OPR/"),
        ("OPT/", "Opera", "OPT/"),
        ("Vivaldi/", "Vivaldi", "Vivaldi/"),
        ("SamsungBrowser/", "Samsung Internet", "SamsungBrowser/"),
        ("YaBrowser/", "Yandex Browser", "YaBrowser/"),
        ("Whale/", "Whale", "Whale/"),
        ("DuckDuckGo/", "DuckDuckGo", "DuckDuckGo/"),
        ("Ddg/", "DuckDuckGo", "Ddg/"),
        ("FxiOS/", "Firefox", "FxiOS/"),
        ("Firefox/", "Firefox", "Firefox/"),
        ("CriOS/", "Chrome", "CriOS/"),
        ("Epiphany/", "GNOME Web", "Epiphany/"),
        ("Chromium/", "Chromium", "Chromium/"),
        ("HeadlessChrome/", "Chromium", "HeadlessChrome/"),
        ("Chrome/", "Chromium", "Chrome/"),
        ("Safari/", "Safari", "Version/"),
        ("Trident/", "Internet Explorer", "rv:"),
        ("MSIE ", "Internet Explorer", "MSIE "),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
        ("FreeBSD", "FreeBSD"),
        ("OpenBSD", "OpenBSD"),
    ];

    /// <summary>What a session list shows: the name, or what was sent where it names nothing known; null for nothing sent.</summary>
    internal static string? Show(PanelTexts texts, string? userAgent) => Read(userAgent) is not { } browser ? userAgent
        : browser.System is null ? browser.Program
        : texts["{0} on {1}", browser.Program, browser.System];

    /// <summary>The name with the version.</summary>
    internal string Program => Version is null ? Name : $"{Name} {Version}";

    /// <summary>What a user agent names; null for nothing known.</summary>
    internal static BrowserName? Read(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent))
        {
            return null;
        }

        var text = userAgent.AsSpan(0, Math.Min(userAgent.Length, Longest)).Trim();
        var system = SystemOf(text);
        foreach (var (mark, name, versionMark) in Browsers)
        {
            if (text.Contains(mark, StringComparison.Ordinal))
            {
                return new BrowserName(name, VersionAfter(text, versionMark), system);
            }
        }

        return ProgramOf(text) is { } program ? program with { System = system } : null;
    }

    private static string? SystemOf(ReadOnlySpan<char> text)
    {
        foreach (var (mark, name) in Systems)
        {
            if (text.Contains(mark, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }

    private static string? VersionAfter(ReadOnlySpan<char> text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? null : Digits(text[(at + mark.Length)..]);
    }

    private static string? Digits(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length < LongestVersion && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length == 0 ? null : text[..length].ToString();
    }

    // Programs that are no browser begin with their own name, such as curl/8.14.1; browsers all begin as one that is long gone did.
    private static BrowserName? ProgramOf(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        if (slash is < 1 or > LongestProgram || text.StartsWith("Mozilla", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var c in text[..slash])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'))
            {
                return null;
            }
        }

        return new BrowserName(text[..slash].ToString(), Digits(text[(slash + 1)..]), null);
    }
}
