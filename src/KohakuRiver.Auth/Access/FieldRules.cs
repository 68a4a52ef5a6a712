using System.Globalization;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>
/// What may stand in the fields people fill in. Each rule gives null for a good value, or one sentence that says
/// what is wanted. Positive lists where the field allows it (OWASP ASVS 2.2.1).
/// </summary>
public static class FieldRules
{
    /// <summary>The longest username.</summary>
    public const int UsernameMaximum = 50;

    /// <summary>The longest display name, group name or token name.</summary>
    public const int NameMaximum = 100;

    /// <summary>The longest description or reason.</summary>
    public const int TextMaximum = 1000;

    /// <summary>The longest task or VPS id of the host.</summary>
    public const int HostIdMaximum = 64;

    /// <summary>The largest number that every JSON reader holds exactly: 2^53 - 1.</summary>
    public const long LargestInteger = 9_007_199_254_740_991;

    /// <summary>The most quotas of one group.</summary>
    public const int LimitsMaximum = 50;

    /// <summary>3 to 50 of <c>a-z A-Z 0-9 . _ -</c>, starting with a letter or digit.</summary>
    public static string? Username(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "A username is needed.";
        }

        if (value.Length is < 3 or > UsernameMaximum)
        {
            return "A username has 3 to 50 characters.";
        }

        if (!char.IsAsciiLetterOrDigit(value[0]))
        {
            return "A username starts with a letter or digit.";
        }

        return value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? null
            : "A username holds only the letters a to z, digits, dot, underscore and hyphen.";
    }

    /// <summary>
    /// 1 to 100 characters, not only white space, none that cannot be seen or that turn the direction of others
    /// (<see cref="VisibleText"/>); joiners between letters of scripts that need them are fine.
    /// </summary>
    public static string? DisplayName(string? value) => Name(
        value, "A display name is needed.", "A display name has at most 100 characters.",
        "A display name holds no invisible, control or direction-changing characters.");

    /// <summary>As <see cref="DisplayName"/>.</summary>
    public static string? GroupName(string? value) => Name(
        value, "A group name is needed.", "A group name has at most 100 characters.",
        "A group name holds no invisible, control or direction-changing characters.");

    /// <summary>As <see cref="DisplayName"/>.</summary>
    public static string? TokenName(string? value) => Name(
        value, "A token name is needed.", "A token name has at most 100 characters.",
        "A token name holds no invisible, control or direction-changing characters.");

    /// <summary>As <see cref="DisplayName"/>.</summary>
    public static string? VpsName(string? value) => Name(
        value, "A name is needed.", "A name has at most 100 characters.",
        "A name holds no invisible, control or direction-changing characters.");

    /// <summary>Up to 1 000 characters of free text; line breaks and tabs are fine, other control characters are not.</summary>
    public static string? FreeText(string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Length > TextMaximum)
        {
            return "At most 1000 characters.";
        }

        return IsCleanProse(value) ? null : "Control characters are not allowed.";
    }

    /// <summary>A task or VPS id of the host: 1 to 64 of <c>a-z A-Z 0-9 . _ : -</c>.</summary>
    public static string? HostId(string? value) =>
        value is { Length: > 0 and <= HostIdMaximum } && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-')
            ? null
            : "An id has 1 to 64 letters, digits, dots, underscores, colons or hyphens.";

    /// <summary>
    /// Quotas: at most 50 keys of <c>a-z 0-9 _</c> (1 to 50 characters, a letter first), whole numbers from 0 to 2^53 - 1.
    /// </summary>
    public static string? Limits(IReadOnlyDictionary<string, long>? limits) => LimitsText(limits)?.ToString();

    /// <summary>The same as it is composed.</summary>
    internal static RefusalText? LimitsText(IReadOnlyDictionary<string, long>? limits)
    {
        if (limits is null)
        {
            return null;
        }

        if (limits.Count > LimitsMaximum)
        {
            return new RefusalText("At most 50 limits.");
        }

        foreach (var (key, value) in limits)
        {
            if (key.Length is 0 or > 50 || !char.IsAsciiLetterLower(key[0])
                || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            {
                return new RefusalText("A limit's name has 1 to 50 lower-case letters, digits and underscores, a letter first.");
            }

            if (value is < 0 or > LargestInteger)
            {
                return new RefusalText("The limit {0} must be a whole number from 0 to 2^53 - 1.", key);
            }
        }

        return null;
    }

    private static string? Name(string? value, string missing, string tooLong, string unseen)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return missing;
        }

        if (value.Length > NameMaximum)
        {
            return tooLong;
        }

        return IsCleanName(value) ? null : unseen;
    }

    // The same characters that are shown as marks: what cannot be seen in a name is there to pass for another one.
    private static bool IsCleanName(string value) =>
        !VisibleText.HasHidden(value) && !value.AsSpan().ContainsAny('\n', '\t', '\uFFFD');

    // Prose is pasted from everywhere and may hold blanks and emoji of all sorts, which are marked where it is shown.
    private static bool IsCleanProse(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            // EnumerateRunes turns a lone surrogate into U+FFFD; a text that really holds one is no loss.
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }

            if (rune.Value is ('\n' or '\r' or '\t'))
            {
                continue;
            }

            // Format characters that turn or hide text: the bidirectional controls and marks, and the line separators.
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069))
            {
                return false;
            }
        }

        return true;
    }
}
