using System.Globalization;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth;

/// <summary>
/// How durations are written in the configuration: with their unit. What the framework makes of <c>12</c> (days) and <c>24:00:00</c>
/// (days too, since no clock shows 24 hours) is not what people mean, so neither is read at all.
/// </summary>
internal static partial class DurationText
{
    /// <summary>The accepted forms, for the end of a sentence.</summary>
    internal const string Forms =
        "write a number with its unit, such as 30s, 90m, 24h or 7d, or days.hours:minutes:seconds, such as 1.00:00:00";

    private static readonly (string Name, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">What the configuration says.</param>
    /// <param name="fault">Why it is not read, to stand behind the key; null where it is.</param>
    /// <returns>The duration; null where the text is none.</returns>
    internal static TimeSpan? Read(string text, out string? fault)
    {
        text = text.Trim();
        fault = null;
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (WithUnit().Match(text) is { Success: true } counted
            && Of(decimal.Parse(counted.Groups["number"].Value, CultureInfo.InvariantCulture), counted.Groups["unit"].Value) is { } length)
        {
            return length;
        }

        var clock = Clock().Match(text);
        fault = WithoutUnit().IsMatch(text) ? "has no unit"
            : !clock.Success ? "is no duration"
            : !clock.Groups["seconds"].Success ? "does not say whether its parts are hours and minutes or minutes and seconds"
            : Number(clock.Groups["hours"].Value) > 23 ? "has 24 or more in the place of hours, where only 0 to 23 are one day's"
            : null;
        if (fault is null)
        {
            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
            {
                return span;
            }

            fault = "is no duration";
        }

        return null;
    }

    /// <summary>Writes a duration as a whole number of the longest unit that fits; whole days from two days on.</summary>
    internal static string Write(TimeSpan span)
    {
        if (span == TimeSpan.Zero)
        {
            return "0s";
        }

        var unit = Array.Find(Units, u => span.Ticks % u.Length.Ticks == 0 && (u.Name != "d" || span.TotalDays >= 2));
        return unit.Name is null
            ? span.ToString("c", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / unit.Length.Ticks}{unit.Name}");
    }

    private static TimeSpan? Of(decimal number, string unit)
    {
        var ticks = number * Array.Find(Units, u => u.Name == unit).Length.Ticks;
        return ticks <= TimeSpan.MaxValue.Ticks ? new TimeSpan((long)ticks) : null;
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<number>[0-9]{1,12}(\.[0-9]{1,7})?)(?<unit>ms|s|m|h|d)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithUnit();

    [GeneratedRegex(@"^[0-9]+(\.[0-9]+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WithoutUnit();

    [GeneratedRegex(
        @"^([0-9]{1,8}\.)?(?<hours>[0-9]{1,6}):[0-9]{1,2}(:(?<seconds>[0-9]{1,2})(\.[0-9]{1,7})?)?$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Clock();
}
