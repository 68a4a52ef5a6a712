namespace KohakuRiver.Auth.Model;

/// <summary>Instants as the model keeps them: UTC, cut to microseconds, which is what every database can hold.</summary>
public static class Instants
{
    /// <summary>The clock's time, UTC, cut to microseconds.</summary>
    public static DateTimeOffset GetInstant(this TimeProvider clock) => Cut(clock.GetUtcNow());

    /// <summary>The same instant in UTC, cut to microseconds.</summary>
    public static DateTimeOffset Cut(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Microseconds since the Unix epoch.</summary>
    public static long ToMicroseconds(DateTimeOffset value) => (value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant so many microseconds after the Unix epoch.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
