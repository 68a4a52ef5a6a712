namespace KohakuRiver.Auth;

/// <summary>Instants as the model keeps them: UTC, cut to microseconds, which is what every database can hold.</summary>
public static class Instants
{
    private static readonly long First = ToMicroseconds(DateTimeOffset.MinValue);
    private static readonly long Last = ToMicroseconds(DateTimeOffset.MaxValue);

    /// <summary>The clock's time, UTC, cut to microseconds.</summary>
    public static DateTimeOffset GetInstant(this TimeProvider clock) => Cut(clock.GetUtcNow());

    /// <summary>The same instant in UTC, cut to microseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Microseconds since the Unix epoch.</summary>
    public static long ToMicroseconds(DateTimeOffset value) =>
        (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant so many microseconds after the Unix epoch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instant; what comes from outside goes through
    /// <see cref="TryFromMicroseconds"/>.</exception>
    public static DateTimeOffset FromMicroseconds(long microseconds) => TryFromMicroseconds(microseconds, out var instant)
        ? instant
        : throw new ArgumentOutOfRangeException(nameof(microseconds), microseconds, "There is no such instant.");

    /// <summary>The instant so many microseconds after the Unix epoch. False where the calendar of years 1 to 9999 has none.</summary>
    public static bool TryFromMicroseconds(long microseconds, out DateTimeOffset instant)
    {
        if (microseconds < First || microseconds > Last)
        {
            instant = default;
            return false;
        }

        instant = DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
