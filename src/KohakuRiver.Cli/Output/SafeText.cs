using System.Globalization;
using System.Text;

namespace KohakuRiver.Cli.Output;

/// <summary>
/// Text from elsewhere on its way to a terminal. A command line or a user agent may carry escape sequences that rewrite what the reader
/// sees, or letters that turn its direction round: they are shown, not obeyed.
/// </summary>
internal static class SafeText
{
    /// <summary>On one line: control and direction characters become <c>\u001b</c> and the like.</summary>
    internal static string Line(string? text) => Clean(text ?? "", keepsLines: false);

    /// <summary>The same with line ends and tabs as they are.</summary>
    internal static string Lines(string? text) => Clean(text ?? "", keepsLines: true);

    private static string Clean(string text, bool keepsLines)
    {
        if (!text.Any(c => IsUnsafe(c, keepsLines)))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsUnsafe(c, keepsLines))
            {
                clean.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }

    private static bool IsUnsafe(char c, bool keepsLines) => c switch
    {
        '\n' or '\t' => !keepsLines,
        '\u2028' or '\u2029' => true,
        _ => char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'),
    };
}
