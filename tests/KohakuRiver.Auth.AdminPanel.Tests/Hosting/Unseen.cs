using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>Text with one of each sort of character that cannot be seen, and the search for such characters in a page.</summary>
internal static partial class Unseen
{
    /// <summary>A bidirectional override, zero-width, filler, tag, selector, soft hyphen, separators and private use.</summary>
    internal const string All =
        "\u202E\u2066\u200B\u200C\u2060\uFEFF\u00AD\u034F\u115F\u3164\uFFA0\u2800\u180E\u2028\u2029\uE000\u0378\u001B\U000E0041\U000E0101";

    /// <summary>
    /// What a reader of the page would not see of it. What stands in a field to be edited is left out: it is saved as it is, and beside it
    /// stands a note.
    /// </summary>
    internal static IReadOnlyList<string> In(string html)
    {
        var shown = WebUtility.HtmlDecode(Values().Replace(html, ""));
        return [.. shown.EnumerateRunes().Where(r =>
            !IsSeen(r)).Select(r => string.Create(CultureInfo.InvariantCulture, $"U+{r.Value:X4}")).Distinct()];
    }

    // Judged by the tables of Unicode, not by the rule that is tested.
    private static bool IsSeen(Rune rune) =>
        rune.Value is '\n' or '\t' || (Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or (>= 0xE0100 and <= 0xE01EF)));

    [GeneratedRegex("(?<= value=\")[^\"]*|(?<=<textarea[^>]*>)[^<]*", RegexOptions.None, 1000)]
    private static partial Regex Values();
}
