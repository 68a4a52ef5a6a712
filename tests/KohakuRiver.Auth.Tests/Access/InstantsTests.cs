using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class InstantsTests
{
    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(-1L)]
    [InlineData(1_700_000_000_123_456L)]
    [InlineData(-1_700_000_000_123_456L)]
    public void Microseconds_ThereAndBack_AreTheSame(long microseconds)
    {
        var instant = Instants.FromMicroseconds(microseconds);
        Assert.Equal(microseconds, Instants.ToMicroseconds(instant));
        Assert.Equal(TimeSpan.Zero, instant.Offset);
        Assert.Equal(instant, Instants.Cut(instant));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue / 10)]
    [InlineData(long.MaxValue / 10)]
    [InlineData(253_402_300_800_000_000L)]
    [InlineData(-62_135_596_800_000_001L)]
    public void Microseconds_OutsideTheCalendar_AreNoInstant(long microseconds)
    {
        Assert.False(Instants.TryFromMicroseconds(microseconds, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Instants.FromMicroseconds(microseconds));
    }

    [Theory]
    [InlineData(253_402_300_799_999_999L)]
    [InlineData(-62_135_596_800_000_000L)]
    public void Microseconds_AtTheEdgesOfTheCalendar_AreInstants(long microseconds)
    {
        Assert.True(Instants.TryFromMicroseconds(microseconds, out var instant));
        Assert.Equal(microseconds, Instants.ToMicroseconds(instant));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public void Cut_FinerThanMicroseconds_DropsTheRestOnBothSidesOfTheEpoch(int ticks)
    {
        foreach (var exact in (DateTimeOffset[])[DateTimeOffset.UnixEpoch.AddHours(1), DateTimeOffset.UnixEpoch.AddHours(-1)])
        {
            Assert.Equal(exact, Instants.Cut(exact.AddTicks(ticks)));
            Assert.Equal(
                Instants.Cut(exact.AddTicks(ticks)),
                Instants.FromMicroseconds(Instants.ToMicroseconds(Instants.Cut(exact.AddTicks(ticks)))));
        }
    }

    [Fact]
    public void Cut_OfAnotherOffset_IsTheSameInstantInUtc()
    {
        var local = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(5.5));
        var cut = Instants.Cut(local);
        Assert.Equal(TimeSpan.Zero, cut.Offset);
        Assert.Equal(local.UtcTicks, cut.UtcTicks);
    }

    [Fact]
    public void GetInstant_OfAClock_IsCut() =>
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMicroseconds(7), new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddTicks(79)).GetInstant());
}
