using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// Makes a username of what somebody is called elsewhere. A name that is taken is never taken over: the next candidate is tried.
/// </summary>
internal static class ExternalNameRules
{
    private const int Shortest = 3;
    private const int MostNumbers = 99;

    /// <summary>
    /// The usernames to try, in order and each valid: the login name's own part in plain letters, the same with <c>-2</c> to
    /// <c>-99</c>, and last one that nobody else has by chance.
    /// </summary>
    /// <param name="loginName">What they are called elsewhere; null for nothing.</param>
    /// <param name="last">A valid name made of the identity alone.</param>
    internal static IReadOnlyList<string> Candidates(string? loginName, string last)
    {
        var name = Plain(loginName);
        return name.Length < Shortest ? [last] : [name, .. Enumerable.Range(2, MostNumbers - 1).Select(i => Numbered(name, i)), last];
    }

    /// <summary>The display name of a new account: what is left of it once nothing invisible is in it, else the username.</summary>
    internal static string DisplayName(string? name, string username)
    {
        var trimmed = name?.Trim() ?? "";
        if (trimmed.Length > FieldRules.NameMaximum)
        {
            trimmed = trimmed[..(char.IsHighSurrogate(trimmed[FieldRules.NameMaximum - 1])
                ? FieldRules.NameMaximum - 1
                : FieldRules.NameMaximum)].TrimEnd();
        }

        return FieldRules.DisplayName(trimmed) is null ? trimmed : username;
    }

    private static string Numbered(string name, int number)
    {
        var ending = "-" + number.ToString(CultureInfo.InvariantCulture);
        return name[..Math.Min(name.Length, FieldRules.UsernameMaximum - ending.Length)] + ending;
    }

    private static string Plain(string? loginName)
    {
        var own = loginName ?? "";
        own = own[(own.LastIndexOf('\\') + 1)..];
        var at = own.IndexOf('@', StringComparison.Ordinal);
        own = at >= 0 ? own[..at] : own;

        var plain = new StringBuilder(own.Length);
        foreach (var rune in WellFormed(own).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            plain.Append(SpeltOut(Rune.ToLowerInvariant(rune)));
        }

        var name = plain.ToString().TrimStart('.', '_', '-');
        return (name.Length > FieldRules.UsernameMaximum ? name[..FieldRules.UsernameMaximum] : name).TrimEnd('-');
    }

    // Lone surrogates become U+FFFD: text that has them cannot be normalized.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    private static string SpeltOut(Rune rune) => rune.Value switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' or 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' => rune.ToString(),
        _ => "-",
    };
}
