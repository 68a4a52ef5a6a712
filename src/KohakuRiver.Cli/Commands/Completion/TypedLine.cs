using System.Text;

namespace KohakuRiver.Cli;

/// <summary>A line as somebody types it in a shell of the Bourne kind, up to the cursor.</summary>
/// <param name="Words">Its words without quotes and backslashes; the last one, perhaps empty, is being typed.</param>
/// <param name="Quote">The quote that is open there; null for none.</param>
/// <param name="Kept">How many characters of the last word the shell takes for a word of its own: up to the last <c>=</c> or
/// <c>:</c>.</param>
internal sealed record TypedLine(IReadOnlyList<string> Words, char? Quote, int Kept)
{
    private const string Plain = "_-./@%+,^~=:";

    internal static TypedLine Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, kept) = (false, 0);
        char? quote = null;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            var isEscape = c == '\\' && quote != '\'' && i + 1 < line.Length
                && (quote is null || "\"\\$`".Contains(line[i + 1], StringComparison.Ordinal));
            if (isEscape)
            {
                word.Append(line[++i]);
                isWord = true;
            }
            else if (quote is null ? c is '\'' or '"' : c == quote)
            {
                quote = quote is null ? c : null;
                isWord = true;
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                if (isWord)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
                (isWord, kept) = (false, 0);
            }
            else
            {
                word.Append(c);
                isWord = true;
                kept = quote is null && c is '=' or ':' ? word.Length : kept;
            }
        }

        words.Add(word.ToString());
        return new(words, quote, kept);
    }

    /// <summary>What the shell puts in place of its last word for this one: without what it keeps, and quoted as the word is.</summary>
    internal string Rest(string offered)
    {
        // A line break or an escape sequence cannot be typed.
        var rest = SafeText.Line(offered.Length >= Kept ? offered[Kept..] : offered);
        return Quote switch
        {
            '\'' => rest.Replace("'", "'\\''", StringComparison.Ordinal),
            '"' => Escaped(rest, c => !"\"\\$`".Contains(c, StringComparison.Ordinal)),
            _ => Escaped(rest, c => char.IsLetterOrDigit(c) || c > '\u007f' || Plain.Contains(c, StringComparison.Ordinal)),
        };
    }

    private static string Escaped(string text, Func<char, bool> isPlain)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(isPlain(c) ? "" : "\\").Append(c);
        }

        return escaped.ToString();
    }
}
