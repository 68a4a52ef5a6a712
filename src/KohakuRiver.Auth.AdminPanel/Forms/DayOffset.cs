namespace KohakuRiver.Auth.AdminPanel;

/// <summary>
/// Days as whoever fills in a form means them: from midnight to midnight of their own clock. The page's script sends how far that clock is
/// from UTC at the midnight in question, so the host needs no tables of zones; without a script days are those of UTC, which the page says.
/// </summary>
internal static class DayOffset
{
    /// <summary>The largest distance from UTC that clocks have, in minutes.</summary>
    internal const int Most = 14 * 60;

    /// <summary>The midnight that begins a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="minutes">East of UTC, at most <see cref="Most"/> either way; null for UTC.</param>
    internal static DateTimeOffset StartOf(DateOnly day, int? minutes)
    {
        // Nobody means the ends of the calendar, where an offset leads out of it.
        var isInside = day > DateOnly.MinValue && day < DateOnly.MaxValue;
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromMinutes(isInside ? minutes ?? 0 : 0));
    }

    /// <summary>The midnight that ends a day, which is no longer part of it.</summary>
    /// <param name="day">The day; the last one of the calendar ends at its beginning.</param>
    /// <param name="minutes">East of UTC at that midnight, at most <see cref="Most"/> either way; null for UTC.</param>
    internal static DateTimeOffset EndOf(DateOnly day, int? minutes) =>
        StartOf(day < DateOnly.MaxValue ? day.AddDays(1) : day, minutes);
}
