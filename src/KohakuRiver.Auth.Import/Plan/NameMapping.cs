using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// Turns a name that the old host allowed into one that is valid here, where only one result is sensible: separators become hyphens,
/// Latin letters lose their accents (German and Nordic ones are written out, as in passports), Cyrillic ones are spelled in Latin. Anything
/// else needs somebody who knows the person.
/// </summary>
internal static class NameMapping
{
    /// <summary>The new name, or why there is none.</summary>
    /// <param name="old">A name that is not valid here, in composed form.</param>
    internal static (string? Name, string? Fault) Map(string old)
    {
        var runes = old.EnumerateRunes().ToList();
        var hasCyrillic = runes.Exists(CyrillicSpelling.IsCyrillic);
        if (hasCyrillic && runes.Exists(IsLatin))
        {
            // Also a way to look like somebody else.
            return (null, "it mixes Latin and Cyrillic letters");
        }

        var cyrillic = hasCyrillic ? CyrillicSpelling.For(old) : null;
        if (hasCyrillic && cyrillic is null)
        {
            return (null, "it mixes letters of two Cyrillic alphabets");
        }

        var name = new StringBuilder(old.Length);
        var before = '\0';
        foreach (var rune in runes)
        {
            if (Spell(rune, before, cyrillic) is not { } spelled)
            {
                return (null, string.Create(
                    CultureInfo.InvariantCulture, $"U+{rune.Value:X4} in it has no single spelling in the letters a to z"));
            }

            if (spelled != "-" || name.Length == 0 || name[^1] != '-')
            {
                name.Append(spelled);
            }

            before = rune.IsBmp ? (char)rune.Value : '\0';
        }

        var result = name.ToString().TrimStart('.', '_', '-').TrimEnd('-');
        return FieldRules.Username(result) is null ? (result, null) : (null, $"nothing valid is left of it but \"{result}\"");
    }

    private static string? Spell(Rune rune, char before, CyrillicSpelling? cyrillic)
    {
        if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '-'))
        {
            return rune.ToString();
        }

        if (cyrillic is not null)
        {
            if (rune.Value is '\'' or 0x2019 or 0x02BC)
            {
                return "";
            }

            if (CyrillicSpelling.IsCyrillic(rune))
            {
                return cyrillic.Of((char)rune.Value, before);
            }
        }

        return IsSeparator(rune) ? "-" : Written(rune) ?? WithoutAccents(rune);
    }

    private static bool IsSeparator(Rune rune) => Rune.IsWhiteSpace(rune)
        || (rune.IsAscii && (Rune.IsPunctuation(rune) || Rune.IsSymbol(rune)))
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation;

    private static bool IsLatin(Rune rune) =>
        Rune.IsLetter(rune) && (rune.IsAscii || Written(rune) is not null || WithoutAccents(rune) is not null);

    // Letters that are not a plain one with an accent, or that are written out: ICAO Doc 9303, part 3.
    private static string? Written(Rune rune) => rune.Value switch
    {
        'ä' or 'æ' => "ae",
        'Ä' or 'Æ' => "Ae",
        'ö' or 'ø' or 'œ' => "oe",
        'Ö' or 'Ø' or 'Œ' => "Oe",
        'ü' => "ue",
        'Ü' => "Ue",
        'å' => "aa",
        'Å' => "Aa",
        'ß' => "ss",
        'ẞ' => "Ss",
        'þ' => "th",
        'Þ' => "Th",
        'ð' or 'đ' => "d",
        'Ð' or 'Đ' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ħ' => "h",
        'Ħ' => "H",
        'ı' => "i",
        _ => null,
    };

    // A mark on its own, which has no composed form with its letter, is an accent, too.
    private static string? WithoutAccents(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
        {
            return rune.Value is >= 0x0300 and <= 0x036F ? "" : null;
        }

        var parts = rune.ToString().Normalize(NormalizationForm.FormD);
        return parts.Length > 1 && char.IsAsciiLetter(parts[0])
            && parts.Skip(1).All(c => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            ? parts[..1]
            : null;
    }
}
