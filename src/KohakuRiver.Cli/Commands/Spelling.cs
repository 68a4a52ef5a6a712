namespace KohakuRiver.Cli;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The word with the fewest wrong, missing, needless or swapped letters, if there are few; null for none.</summary>
    internal static string? Nearest(string typed, IReadOnlyList<string> words)
    {
        var most = Math.Max(1, typed.Length / 3);
        return words.Select(word => (Word: word, Faults: Distance(typed, word)))
            .Where(w => w.Faults <= most || (typed.Length > 2 && w.Word.StartsWith(typed, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(w => w.Faults)
            .FirstOrDefault()
            .Word;
    }

    // Optimal string alignment, over three rows.
    private static int Distance(string left, string right)
    {
        var (before, above, row) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, above, row) = (above, row, before);
        }

        return above[right.Length];
    }
}
