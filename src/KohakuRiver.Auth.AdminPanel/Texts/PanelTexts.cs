using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// What the panel says, in the language of the request. A text's key is its English sentence, so that a page can be read as it is written
/// and a text that nobody translated is English. Whatever people wrote themselves is never a key: it goes in as an argument.
/// </summary>
/// <param name="sources">Where translations are looked for, in this order.</param>
/// <param name="culture">The language.</param>
/// <param name="mayAsk">Whether they may be asked for a text that need not be the library's; null for any.</param>
internal sealed class PanelTexts(IReadOnlyList<IStringLocalizer> sources, CultureInfo culture, Func<string, bool>? mayAsk = null)
{
    /// <summary>A text without arguments.</summary>
    internal string this[string text] => Find(text);

    /// <summary>A text with arguments, <c>{0}</c> and so on. Translators may use them in any order.</summary>
    internal string this[string text, params object?[] arguments] => Format(this[text], arguments);

    /// <summary>A text that depends on a number, which is its argument <c>{0}</c>; further ones follow.</summary>
    /// <param name="number">The number.</param>
    /// <param name="one">The English text for one.</param>
    /// <param name="many">The English text for any other number.</param>
    /// <param name="more">The arguments from <c>{1}</c> on.</param>
    internal string Count(int number, string one, string many, params object?[] more) =>
        Format(this[number == 1 ? one : many], [number, .. more]);

    /// <summary>
    /// A text whose arguments are pieces of a page: a link, a time, what somebody wrote. Everything else is encoded as text.
    /// </summary>
    /// <param name="text">The English text.</param>
    /// <param name="pieces">A <see cref="RenderFragment"/>, or any other value for its text.</param>
    internal RenderFragment Rich(string text, params object?[] pieces) => builder =>
    {
        var left = this[text].AsSpan();
        while (left.IndexOf('{') is >= 0 and var open)
        {
            var end = open + left[open..].IndexOf('}');
            if (end < open || !int.TryParse(left[(open + 1)..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= pieces.Length)
            {
                throw new FormatException($"The text '{text}' has a place for which there is no piece.");
            }

            builder.AddContent(0, left[..open].ToString());
            if (pieces[index] is RenderFragment piece)
            {
                builder.AddContent(1, piece);
            }
            else
            {
                builder.AddContent(2, Convert.ToString(pieces[index], CultureInfo.InvariantCulture));
            }

            left = left[(end + 1)..];
        }

        builder.AddContent(3, left.ToString());
    };

    /// <summary>
    /// A role. Its name is the same in every language, as in the API and at the terminal, unless the host has a word of its own for it
    /// under the key <c>role operator</c>: the bare name would find the noun of the same letters.
    /// </summary>
    /// <param name="name">The role's name.</param>
    internal string Role(string name)
    {
        var key = "role " + name;
        var found = Find(key);
        return found == key ? name : found;
    }

    /// <summary>A day without its year, short, as the language writes it.</summary>
    internal string Day(DateOnly day) => culture.TwoLetterISOLanguageName is "en" or "iv"
        ? day.ToString("d MMM", CultureInfo.InvariantCulture)
        : day.ToString(culture.DateTimeFormat.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal), culture);

    /// <summary>A sentence of a refusal.</summary>
    internal string Say(RefusalText text) => text.Arguments.Count > 0
        ? Format(Find(text.Template), [.. text.Arguments])
        : mayAsk?.Invoke(text.Template) == false ? text.Template : Find(text.Template);

    /// <summary>All that a refusal says, for a place without fields.</summary>
    internal string Say(Refusal refusal) =>
        string.Join(' ', (refusal.Errors?.Values.SelectMany(m => m) ?? [refusal.Message]).Select(m => Say(refusal.TextOf(m))));

    // Localizers look for the culture of the thread, which is the host's to set.
    private string Find(string text)
    {
        if (sources.Count == 0 || text.Length == 0)
        {
            return text;
        }

        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = culture;
        try
        {
            foreach (var source in sources)
            {
                if (source[text] is { ResourceNotFound: false } found)
                {
                    return found.Value;
                }

                // Resources cannot hold two names that differ in case alone: the one with a capital stands for both.
                if (char.IsLower(text[0]) && source[char.ToUpperInvariant(text[0]) + text[1..]] is { ResourceNotFound: false } same)
                {
                    return same.Value;
                }
            }

            return text;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string Format(string text, object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, text, arguments);
}
