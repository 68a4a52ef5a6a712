using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>Durations as typed: <c>12h</c>, <c>30d</c>, <c>2w</c>.</summary>
internal static class Durations
{
    private const int HoursOfDay = 24;
    private const int HoursOfWeek = 7 * HoursOfDay;
    private const int Longest = 24 * 365 * 10;

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
