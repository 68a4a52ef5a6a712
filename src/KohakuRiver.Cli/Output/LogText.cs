using System.Text;
using System.Text.RegularExpressions;

namespace KohakuRiver.Cli;

/// <summary>
/// The output of a task on its way to a terminal, piece by piece: colours and weights pass, every other control is shown as a mark
/// (<see cref="SafeText.Lines"/>). What hides text is no colour.
/// </summary>
/// <param name="hasColour">Whether colours are wanted; otherwise they are left out.</param>
internal sealed partial class LogText(bool hasColour)
{
    private const int LongestMatch = 1000;
    private const string Reset = "\u001b[0m";
    private string held = "";
    private bool isColoured;

    /// <summary>What to write for the next piece.</summary>
    internal string Next(string? piece)
    {
        var text = held + piece;

        // Half a line break or half a colour is only known with the next piece.
        var end = Unfinished().Match(text) is { Success: true } half ? half.Index : text.Length;
        held = text[end..];
        return Show(text[..end]);
    }

    /// <summary>What to write in the end; the terminal keeps no colour of the task's.</summary>
    internal string End()
    {
        var last = SafeText.Lines(held) + (isColoured ? Reset : "");
        (held, isColoured) = ("", false);
        return last;
    }

    private string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        var at = 0;
        foreach (Match colour in Colour().Matches(text))
        {
            var codes = colour.Groups["codes"].Value;
            if (!IsHarmless(codes))
            {
                continue;
            }

            shown.Append(SafeText.Lines(text[at..colour.Index]));
            at = colour.Index + colour.Length;
            if (hasColour)
            {
                shown.Append(colour.Value);
                isColoured = codes.Trim('0', ';').Length > 0;
            }
        }

        return shown.Append(SafeText.Lines(text[at..])).ToString();
    }

    // Not 5 and 6, which blink, and not 8, which hides; 38 and 48 are followed by a colour.
    private static bool IsHarmless(string codes)
    {
        var parts = codes.Split(';', ':');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is "38" or "48" && i + 1 < parts.Length)
            {
                i += parts[i + 1] == "5" ? 2 : 4;
            }
            else if (parts[i].TrimStart('0') is "5" or "6" or "8")
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("\u001b\\[(?<codes>[0-9;:]{0,40})m", RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Colour();

    [GeneratedRegex("(\r|\u001b(\\[[0-9;:]{0,40})?)\\z", RegexOptions.ExplicitCapture, LongestMatch)]
    private static partial Regex Unfinished();
}
