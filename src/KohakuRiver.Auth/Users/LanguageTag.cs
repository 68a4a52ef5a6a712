namespace KohakuRiver.Auth;

/// <summary>Tags of languages as BCP 47 writes them (RFC 5646): <c>en</c>, <c>zh-Hant</c>, <c>pt-BR</c>.</summary>
public static class LanguageTag
{
    /// <summary>The most characters a tag has here; RFC 5646 (section 4.4.1) asks for room for at least 35.</summary>
    public const int MaximumLength = 35;

    /// <summary>Why a text is no tag, in a sentence; null when it is one. Whether anybody speaks that language is not asked.</summary>
    public static string? Fault(string? value)
    {
        if (value is null or { Length: 0 or > MaximumLength })
        {
            return Wanted;
        }

        var parts = value.Split('-');
        return parts[0].Length >= 2 && parts[0].All(char.IsAsciiLetter)
            && parts.All(p => p.Length is >= 1 and <= 8 && p.All(char.IsAsciiLetterOrDigit))
            ? null
            : Wanted;
    }

    /// <summary>
    /// The tag as it is usually written: the language in small letters, a script with a capital, a region in capitals (RFC 5646, section
    /// 2.1.1). For tags that <see cref="Fault"/> finds nothing wrong with.
    /// </summary>
    public static string Canonical(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var parts = tag.ToLowerInvariant().Split('-');
        var isAfterSingleton = false;
        for (var i = 1; i < parts.Length; i++)
        {
            // Behind a single letter (an extension, private use) nothing is a script or a region.
            isAfterSingleton |= parts[i - 1].Length == 1;
            parts[i] = isAfterSingleton ? parts[i] : parts[i].Length switch
            {
                2 => parts[i].ToUpperInvariant(),
                4 when char.IsAsciiLetter(parts[i][0]) => char.ToUpperInvariant(parts[i][0]) + parts[i][1..],
                _ => parts[i],
            };
        }

        return string.Join('-', parts);
    }

    private const string Wanted = "A language is a tag such as en, zh-Hant or pt-BR, of at most 35 characters.";
}
