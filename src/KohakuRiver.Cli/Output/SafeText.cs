using System.Globalization;
using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.Cli;

/// <summary>
/// Untrusted text on its way to a terminal. A command line or a user agent may carry escape sequences that rewrite what the reader
/// sees, characters that reverse its direction, or invisible ones: they become marks such as <c>⟨U+001B⟩</c>
/// (<see cref="VisibleText"/>), which no text can imitate.
/// </summary>
internal static class SafeText
{
    /// <summary>Text on one line.</summary>
    internal static string Line(string? text) => VisibleText.Show(text);

    /// <summary>The same, keeping line ends and tabs.</summary>
    internal static string Lines(string? text) => VisibleText.Show(text, TextKind.Lines);

    /// <summary>Text that a machine takes literally.</summary>
    internal static string Code(string? text) => VisibleText.Show(text, TextKind.Code);

    /// <summary>Equivalent JSON that shows invisible characters in its strings as escapes.</summary>
    internal static string Json(string json)
    {
        if (!VisibleText.HasHidden(json, TextKind.Code))
        {
            return json;
        }

        // Such characters occur in strings only: elsewhere JSON is ASCII.
        var clean = new StringBuilder(json.Length + 64);
        foreach (var rune in json.EnumerateRunes())
        {
            var text = rune.ToString();
            if (!VisibleText.HasHidden(text, TextKind.Code))
            {
                clean.Append(text);
                continue;
            }

            foreach (var c in text)
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return clean.ToString();
    }
}
