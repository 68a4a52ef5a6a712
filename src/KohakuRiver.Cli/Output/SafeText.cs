using System.Globalization;
using System.Text;
using KohakuRiver.Auth;

namespace KohakuRiver.Cli;

/// <summary>
/// Text from elsewhere on its way to a terminal. A command line or a user agent may carry escape sequences that rewrite what the reader
/// sees, letters that turn its direction round, or some that are not seen at all: they become marks such as <c>⟨U+001B⟩</c>
/// (<see cref="VisibleText"/>), which no text can imitate.
/// </summary>
internal static class SafeText
{
    /// <summary>Words on one line.</summary>
    internal static string Line(string? text) => VisibleText.Show(text);

    /// <summary>The same with line ends and tabs as they are.</summary>
    internal static string Lines(string? text) => VisibleText.Show(text, TextKind.Lines);

    /// <summary>What a machine will take literally.</summary>
    internal static string Code(string? text) => VisibleText.Show(text, TextKind.Code);

    /// <summary>JSON that means the same and shows, as escapes, what cannot be seen in its texts.</summary>
    internal static string Json(string json)
    {
        if (!VisibleText.HasHidden(json, TextKind.Code))
        {
            return json;
        }

        // Such characters stand in texts only: outside of them JSON has nothing but ASCII.
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
