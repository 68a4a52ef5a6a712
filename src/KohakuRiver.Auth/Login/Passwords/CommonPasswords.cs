using System.Collections.Frozen;

namespace KohakuRiver.Auth;

/// <summary>
/// The word lists of the strength estimator, for comparing whole passwords in one look-up. They are
/// read when first needed; words too short to be a password are left out.
/// </summary>
internal static class CommonPasswords
{
    private const int ShortestPassword = 8;

    private static readonly Lazy<FrozenSet<string>> PasswordList = new(() => Read("passwords"));
    private static readonly Lazy<FrozenSet<string>> WordList =
        new(() => Read("english", "female_names", "male_names", "surnames", "us_tv_and_film"));

    /// <summary>Whether the lower-case text is among the most common passwords.</summary>
    internal static bool IsCommon(string lowerCase) => PasswordList.Value.Contains(lowerCase);

    /// <summary>Whether the lower-case text is one word or name of a dictionary.</summary>
    internal static bool IsWord(string lowerCase) => WordList.Value.Contains(lowerCase);

    private static FrozenSet<string> Read(params string[] lists)
    {
        var assembly = typeof(Zxcvbn.Zxcvbn).Assembly;
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in lists)
        {
            using var stream = assembly.GetManifestResourceStream($"zxcvbn-core.Dictionaries.{list}.lst")
                ?? throw new InvalidOperationException($"The password library carries no list '{list}'.");
            using var reader = new StreamReader(stream);
            while (reader.ReadLine() is { } line)
            {
                var word = line.Trim();
                if (word.Length >= ShortestPassword)
                {
                    words.Add(word.ToLowerInvariant());
                }
            }
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
