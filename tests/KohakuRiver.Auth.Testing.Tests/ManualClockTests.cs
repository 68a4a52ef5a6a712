namespace KohakuRiver.Auth.Testing.Tests;

public sealed class ManualClockTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualClock clock = new();

    [Fact]
    public void Clock_New_StandsAtTheDefaultStart()
    {
        Assert.Equal(ManualClock.DefaultStart, clock.GetUtcNow());
        Assert.Equal(TimeZoneInfo.Utc, clock.LocalTimeZone);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public void Clock_StartGivenWithOffset_ShowsTheSameInstantInUtc()
    {
        var start = new DateTimeOffset(2030, 6, 1, 9, 0, 0, TimeSpan.FromHours(2));

        var now = new ManualClock(start).GetUtcNow();

        Assert.Equal(start, now);
        Assert.Equal(TimeSpan.Zero, now.Offset);
    }

    [Fact]
    public void Advance_MovesTimeAndTimestamp()
    {
        var before = clock.GetTimestamp();

        clock.Advance(Minute);

        Assert.Equal(ManualClock.DefaultStart + Minute, clock.GetUtcNow());
        Assert.Equal(Minute, clock.GetElapsedTime(before));
    }

    [Fact]
    public void Advance_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(-Minute));

    [Fact]
    public void SetUtcNow_Backwards_MovesOnlyTheTimeOfDay()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Minute, Timeout.InfiniteTimeSpan);

        clock.SetUtcNow(ManualClock.DefaultStart.AddHours(-1));
        clock.SetUtcNow(ManualClock.DefaultStart.AddHours(-2));
        clock.Advance(Minute);

        Assert.Equal(ManualClock.DefaultStart.AddHours(-2) + Minute, clock.GetUtcNow());
        Assert.Equal(Minute, clock.GetElapsedTime(0));
        Assert.Equal(1, fired);
    }

    [Fact]
    public void SetUtcNow_BeyondATimer_DoesNotFireIt()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Minute, Timeout.InfiniteTimeSpan);

        clock.SetUtcNow(ManualClock.DefaultStart.AddDays(1));

        Assert.Equal(0, fired);
        Assert.Equal(1, clock.ArmedTimers);
    }

    [Fact]
    public void Timer_OneShot_FiresOnceWhenDueAndNotBefore()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Minute, Timeout.InfiniteTimeSpan);

        clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, fired);
        clock.Advance(Minute * 10);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void Timer_Periodic_FiresAtEachOfItsInstants()
    {
        var seen = new List<DateTimeOffset>();
        using var timer = clock.CreateTimer(_ => seen.Add(clock.GetUtcNow()), null, Minute, Minute * 2);

        clock.Advance(Minute * 6);

        Assert.Equal([.. new[] { 1, 3, 5 }.Select(minute => ManualClock.DefaultStart + (Minute * minute))], seen);
        Assert.Equal(ManualClock.DefaultStart + (Minute * 6), clock.GetUtcNow());
    }

    [Fact]
    public void Timers_Several_FireInTheOrderOfTheirInstants()
    {
        var order = new List<string>();
        using var late = clock.CreateTimer(_ => order.Add("late"), null, Minute * 3, Timeout.InfiniteTimeSpan);
        using var first = clock.CreateTimer(_ => order.Add("first"), null, Minute, Timeout.InfiniteTimeSpan);
        using var second = clock.CreateTimer(_ => order.Add("second"), null, Minute, Timeout.InfiniteTimeSpan);

        clock.Advance(Minute * 3);

        Assert.Equal(["first", "second", "late"], order);
    }

    [Fact]
    public void Timer_Disposed_NeitherFiresNorChanges()
    {
        var fired = 0;
        var timer = clock.CreateTimer(_ => fired++, null, Minute, Minute);
        timer.Dispose();

        Assert.False(timer.Change(Minute, Minute));
        clock.Advance(Minute * 5);

        Assert.Equal(0, fired);
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public void Timer_ChangedToInfinite_IsDisarmed()
    {
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, Minute, Minute);

        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        clock.Advance(Minute * 5);

        Assert.Equal(0, fired);
    }

    [Fact]
    public async Task Timer_DueAtOnce_FiresWithoutAdvancing()
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;

        Assert.Equal(ManualClock.DefaultStart, clock.GetUtcNow());
    }

    [Fact]
    public void Callback_Throws_ComesOutOfAdvanceAndTheOthersFireNextTime()
    {
        var fired = 0;
        using var bad = clock.CreateTimer(_ => throw new InvalidOperationException("bad"), null, Minute, Timeout.InfiniteTimeSpan);
        using var good = clock.CreateTimer(_ => fired++, null, Minute * 2, Timeout.InfiniteTimeSpan);

        Assert.Throws<InvalidOperationException>(() => clock.Advance(Minute * 3));
        Assert.Equal(0, fired);
        clock.Advance(TimeSpan.Zero);

        Assert.Equal(1, fired);
        Assert.Equal(ManualClock.DefaultStart + (Minute * 3), clock.GetUtcNow());
    }

    [Fact]
    public void Callback_AdvancesTheClock_TimeAddsUp()
    {
        using var timer = clock.CreateTimer(_ => clock.Advance(Minute), null, Minute, Timeout.InfiniteTimeSpan);

        clock.Advance(Minute * 2);

        Assert.Equal(ManualClock.DefaultStart + (Minute * 3), clock.GetUtcNow());
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenAdvanced()
    {
        var delay = Task.Delay(Minute, clock, TestContext.Current.CancellationToken);

        clock.Advance(Minute / 2);
        Assert.False(delay.IsCompleted);
        clock.Advance(Minute / 2);

        await delay;
        Assert.Equal(0, clock.ArmedTimers);
    }

    [Fact]
    public async Task PeriodicTimer_OnTheClock_TicksOncePerPeriod()
    {
        using var timer = new PeriodicTimer(Minute, clock);
        for (var round = 0; round < 3; round++)
        {
            var tick = timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Assert.False(tick.IsCompleted);
            clock.Advance(Minute);
            Assert.True(await tick);
        }
    }

    [Fact]
    public void CancellationTokenSource_OnTheClock_CancelsWhenAdvanced()
    {
        using var source = new CancellationTokenSource(Minute, clock);

        clock.Advance(Minute / 2);
        Assert.False(source.IsCancellationRequested);
        clock.Advance(Minute / 2);

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForTimers_CodeComesToItsDelay_Ends()
    {
        var ct = TestContext.Current.CancellationToken;
        var waiting = clock.WaitForTimersAsync(2, ct);
        var first = Task.Delay(Minute, clock, ct);
        Assert.False(waiting.IsCompleted);

        var second = Task.Run(() => Task.Delay(Minute, clock, ct), ct);
        await waiting;
        clock.Advance(Minute);

        await Task.WhenAll(first, second, clock.WaitForTimersAsync(0, ct));
    }

    [Fact]
    public async Task WaitForTimers_Cancelled_Throws()
    {
        using var source = new CancellationTokenSource();
        var waiting = clock.WaitForTimersAsync(1, source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Advance_InParallel_LosesNoTimeAndFiresEachTimerOnce()
    {
        const int Rounds = 200;
        var fired = 0;
        var timers = Enumerable.Range(1, Rounds)
            .Select(n => clock.CreateTimer(_ => Interlocked.Increment(ref fired), null, Minute * n, Timeout.InfiniteTimeSpan))
            .ToList();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < Rounds / 4; round++)
            {
                clock.Advance(Minute);
            }
        })));

        Assert.Equal(Rounds, fired);
        Assert.Equal(ManualClock.DefaultStart + (Minute * Rounds), clock.GetUtcNow());
        Assert.Equal(Rounds, timers.Count);
    }
}
