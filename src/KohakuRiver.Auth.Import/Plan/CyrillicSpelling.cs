using System.Text;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// Cyrillic letters in Latin ones, as passports have them: Russian letters by ICAO Doc 9303, Ukrainian ones by that country's rules. Which
/// of the two applies, the letters that only one alphabet has decide; letters of other alphabets have no spelling here.
/// </summary>
internal sealed class CyrillicSpelling
{
    private const string Ukrainian = "іїєґ";
    private const string NotUkrainian = "ёыэъ";

    private readonly bool isUkrainian;

    private CyrillicSpelling(bool isUkrainian)
    {
        this.isUkrainian = isUkrainian;
    }

    /// <summary>How this name is spelled; null when it mixes the two alphabets.</summary>
    internal static CyrillicSpelling? For(string name)
    {
        var lower = name.ToLowerInvariant();
        var found = lower.AsSpan().ContainsAny(Ukrainian);
        return found && lower.AsSpan().ContainsAny(NotUkrainian) ? null : new CyrillicSpelling(found);
    }

    internal static bool IsCyrillic(Rune rune) => rune.Value is >= 0x0400 and <= 0x052F;

    /// <summary>The spelling of one letter; null for a letter of another alphabet.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="before">The character before it; the zero character at the beginning.</param>
    internal string? Of(char letter, char before)
    {
        var lower = char.ToLowerInvariant(letter);
        var spelled = (isUkrainian ? InUkrainian(lower, before) : null) ?? Common(lower);
        return spelled is { Length: > 0 } && lower != letter ? char.ToUpperInvariant(spelled[0]) + spelled[1..] : spelled;
    }

    private static string? InUkrainian(char letter, char before)
    {
        var isFirst = !char.IsLetter(before) && before is not ('\'' or '\u2019' or '\u02BC');
        return letter switch
        {
            'г' => before is 'з' or 'З' ? "gh" : "h",
            'ґ' => "g",
            'є' => isFirst ? "ye" : "ie",
            'и' => "y",
            'і' => "i",
            'ї' => isFirst ? "yi" : "i",
            'й' => isFirst ? "y" : "i",
            'ю' => isFirst ? "yu" : "iu",
            'я' => isFirst ? "ya" : "ia",
            _ => null,
        };
    }

    private static string? Common(char letter) => letter switch
    {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' or 'ё' or 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' or 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' => "ie",
        'ы' => "y",
        'ь' => "",
        'ю' => "iu",
        'я' => "ia",
        _ => null,
    };
}
