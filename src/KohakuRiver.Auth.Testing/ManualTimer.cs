namespace KohakuRiver.Auth.Testing;

/// <summary>One timer of a <see cref="ManualClock"/>, whose lock guards the settable properties.</summary>
internal sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? context = ExecutionContext.Capture();

    /// <summary>When it fires, on the clock's time stamps; meaningful while it is armed.</summary>
    internal long DueAt { get; set; }

    /// <summary>0 = fires once.</summary>
    internal long PeriodTicks { get; set; }

    /// <summary>Timers due at the same instant fire in the order in which they were armed.</summary>
    internal long Turn { get; set; }

    internal bool IsDisposed { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var due = ToTicks(dueTime, nameof(dueTime));
        return clock.Arm(this, due, ToTicks(period, nameof(period)) ?? 0);
    }

    public void Dispose() => clock.Dispose(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (context is null)
        {
            Call();
        }
        else
        {
            ExecutionContext.Run(context, static timer => ((ManualTimer)timer!).Call(), this);
        }
    }

    private void Call() => callback(state);

    private static long? ToTicks(TimeSpan time, string name)
    {
        if (time == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        return time.Ticks;
    }
}
