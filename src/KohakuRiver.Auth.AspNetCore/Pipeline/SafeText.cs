using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Text from outside on its way into messages, logs and rows: one bounded line that hides nothing.</summary>
internal static class SafeText
{
    /// <summary>Cuts to <paramref name="longest"/> characters and writes what is not plainly visible as <c>\uXXXX</c>.</summary>
    internal static string OneLine(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var cut = text.Length > longest;
        var kept = cut ? text.AsSpan(0, longest) : text.AsSpan();
        if (!cut && !ContainsHidden(kept))
        {
            return text;
        }

        var safe = new StringBuilder(kept.Length + 8);
        foreach (var c in kept)
        {
            if (IsHidden(c))
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                safe.Append(c);
            }
        }

        return cut ? safe.Append('…').ToString() : safe.ToString();
    }

    private static bool ContainsHidden(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (IsHidden(c))
            {
                return true;
            }
        }

        return false;
    }

    // What is shown as a mark elsewhere, line breaks and tabs, and halves of pairs: a line that is cut may end between two.
    private static bool IsHidden(char c) =>
        c is < ' ' or > '~' && (c is '\n' or '\t' || char.IsSurrogate(c) || VisibleText.HasHidden(c.ToString(), TextKind.Code));
}
