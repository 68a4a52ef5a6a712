namespace KohakuRiver.Auth;

/// <summary>
/// Recognizes passwords that are a pattern from end to end. All texts are lower case; all functions look at the whole text.
/// </summary>
internal static class PasswordPatterns
{
    // Shorter runs are common in ordinary words, and any text of digits is made up of them.
    private const int ShortestRun = 4;

    // Written twice where the sequence is circular, so that a run across the join is a plain substring.
    private static readonly string[] Sequences =
    [
        "01234567890123456789012345678901234567890123456789",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./",
        "1234567890qwertyuiopasdfghjklzxcvbnm",
        "1234567890qwertzuiopasdfghjklyxcvbnm",
        "1234567890azertyuiopqsdfghjklmwxcvbn",
        "!@#$%^&*()_+",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "qazwsxedcrfvtgbyhnujmikolp",
    ];

    private static readonly string[] BothWays = [.. Sequences, .. Sequences.Select(Reverse)];

    /// <summary>The text reversed.</summary>
    internal static string Reverse(string text)
    {
        var letters = text.ToCharArray();
        Array.Reverse(letters);
        return new string(letters);
    }

    /// <summary>The text without the characters people put between words.</summary>
    internal static string Squash(string text) => string.Concat(text.Where(c => c is not (' ' or '-' or '_' or '.')));

    /// <summary>
    /// One piece shorter than <paramref name="enough"/>, repeated, the last time perhaps cut; or one such word
    /// repeated with something in between.
    /// </summary>
    internal static bool IsRepetition(string text, int enough)
    {
        var period = Period(text);
        if (period < enough && period * 2 <= text.Length)
        {
            return true;
        }

        var words = Words(text);
        return words.Count > 1
            && words[0].Length < enough
            && words.TrueForAll(w => string.Equals(w, words[0], StringComparison.Ordinal));
    }

    /// <summary>Nothing but runs along the alphabet, the digits or the keyboard, either way, or of one character.</summary>
    internal static bool IsSequence(string text)
    {
        // reached[i]: the first i characters are such runs.
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        for (var start = 0; start < text.Length; start++)
        {
            if (!reached[start])
            {
                continue;
            }

            var longest = LongestRun(text.AsSpan(start));
            for (var length = ShortestRun; length <= longest; length++)
            {
                reached[start + length] = true;
            }
        }

        return text.Length > 0 && reached[^1];
    }

    /// <summary>Nothing but the words, in any order and number, or one of them repeated and cut to length.</summary>
    internal static bool IsMadeOf(string text, IReadOnlyCollection<string> words)
    {
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        for (var start = 0; start < text.Length; start++)
        {
            foreach (var word in words.Where(w => reached[start] && text.AsSpan(start).StartsWith(w, StringComparison.Ordinal)))
            {
                reached[start + word.Length] = true;
            }
        }

        return text.Length > 0 && (reached[^1] || words.Any(w => IsRepeatedAndCut(text, w)));
    }

    private static bool IsRepeatedAndCut(string text, string word)
    {
        if (word.Length == 0 || word.Length > text.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != word[i % word.Length])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many characters from the start on are one run; every shorter start of a run is a run too.</summary>
    private static int LongestRun(ReadOnlySpan<char> text)
    {
        var longest = text.Length - text.TrimStart(text[0]).Length;
        foreach (var sequence in BothWays)
        {
            while (longest < text.Length && sequence.AsSpan().Contains(text[..(longest + 1)], StringComparison.Ordinal))
            {
                longest++;
            }
        }

        return longest;
    }

    /// <summary>The length of the shortest piece whose repetition, the last time perhaps cut, makes the text.</summary>
    private static int Period(string text)
    {
        // border[i]: the longest proper prefix of the first i + 1 characters that is also their suffix.
        var border = new int[text.Length];
        for (var i = 1; i < text.Length; i++)
        {
            var length = border[i - 1];
            while (length > 0 && text[i] != text[length])
            {
                length = border[length - 1];
            }

            border[i] = text[i] == text[length] ? length + 1 : length;
        }

        return text.Length == 0 ? 0 : text.Length - border[^1];
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                words.Add(text[start..i]);
            }

            start = i + 1;
        }

        return words;
    }
}
