using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>Durations as typed: <c>12h</c>, <c>30d</c>, <c>2w</c>.</summary>
internal static class Durations
{
    private const int HoursOfDay = 24;
    private const int HoursOfWeek = 7 * HoursOfDay;
    private const long LongestSpan = 30L * HoursOfDay * 3600;
    private const int Longest = 24 * 365 * 10;

    /// <summary>A time to wait, like <c>90</c> or <c>90s</c>, <c>30m</c>, <c>2h</c>, <c>1d</c>; null for null. Throws a usage error for
    /// anything else.</summary>
    internal static TimeSpan? Span(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        var unit = text.Length > 1 && char.IsAsciiLetter(text[^1]) ? char.ToLowerInvariant(text[^1]) : ' ';
        var seconds = unit switch { ' ' or 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 3600 * HoursOfDay, _ => 0 };
        return seconds > 0
            && int.TryParse(unit == ' ' ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && (long)count * seconds <= LongestSpan
            ? TimeSpan.FromSeconds((long)count * seconds)
            : throw CliException.Usage($"{option} takes a time like 90s, 30m, 2h or 1d (30 days at most), not '{text}'.");
    }

    /// <summary>In whole hours; null for null and for <c>never</c>. Throws a usage error for anything else.</summary>
    internal static int? Hours(string? text, string option)
    {
        if (text is null || text.Equals("never", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var unit = text.Length > 1 ? char.ToLowerInvariant(text[^1]) : ' ';
        var factor = unit switch { 'h' => 1, 'd' => HoursOfDay, 'w' => HoursOfWeek, _ => 0 };
        return factor > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= Longest && (long)count * factor <= Longest
            ? count * factor
            : throw CliException.Usage(
                $"{option} takes hours, days or weeks like 12h, 30d, 2w (ten years at most), or never; not '{text}'.");
    }
}
