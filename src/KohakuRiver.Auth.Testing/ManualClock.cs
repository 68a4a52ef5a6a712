namespace KohakuRiver.Auth.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers made through it (<c>Task.Delay</c>, <c>PeriodicTimer</c>,
/// <c>CancellationTokenSource</c> with a <see cref="TimeProvider"/>) fire when it is advanced past them.
/// </summary>
/// <remarks>
/// Thread-safe. A callback runs on the advancing thread, with the clock at the instant it was due, and may advance the
/// clock itself. What it wakes may go on on other threads: wait for that outcome. An exception of a callback comes out
/// of <see cref="Advance"/>; the remaining timers fire with the next one.
/// </remarks>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    private DateTimeOffset wall;
    private long elapsed;
    private long target;
    private long turns;

    /// <summary>Makes a clock that shows <see cref="DefaultStart"/>.</summary>
    public ManualClock()
        : this(DefaultStart)
    {
    }

    /// <summary>Makes a clock that shows <paramref name="start"/>.</summary>
    public ManualClock(DateTimeOffset start) => wall = start.ToUniversalTime();

    /// <summary>What a clock shows at first: noon of 1 March 2026, UTC.</summary>
    public static DateTimeOffset DefaultStart { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Always UTC, so that no test depends on the machine it runs on.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait to fire.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (gate)
            {
                return armed.Count;
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return wall;
        }
    }

    /// <summary>The time advanced since the clock was made; setting the clock does not change it.</summary>
    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsed;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Lets time pass, and fires the timers that come due, in the order of their instants.
    /// </summary>
    /// <param name="by">How long; zero fires what is due already.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative. See <see cref="SetUtcNow"/> for clocks that are set back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (gate)
        {
            target += by.Ticks;
        }

        FireDue();
    }

    /// <summary>
    /// Sets the time of day, forwards or backwards, as somebody corrects a machine's clock: no time passes,
    /// so no timer fires and <see cref="GetTimestamp"/> stays.
    /// </summary>
    public void SetUtcNow(DateTimeOffset instant)
    {
        lock (gate)
        {
            wall = instant.ToUniversalTime();
        }
    }

    /// <summary>
    /// Waits until at least <paramref name="count"/> timers wait to fire: then the code under test has come to its
    /// delay, and the clock can be advanced.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public Task WaitForTimersAsync(int count, CancellationToken ct)
    {
        lock (gate)
        {
            if (armed.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
            return reached.Task.WaitAsync(ct);
        }
    }

    /// <summary>Sets when the timer fires next; null disarms it. False when it has been disposed.</summary>
    internal bool Arm(ManualTimer timer, long? dueTicks, long periodTicks)
    {
        lock (gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.PeriodTicks = periodTicks;
            Place(timer, elapsed + dueTicks);
        }

        if (dueTicks == 0)
        {
            // Due at once: on another thread, as with the system's timers, because the caller may hold locks.
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.FireDue(), this, preferLocal: false);
        }

        return true;
    }

    internal void Dispose(ManualTimer timer)
    {
        lock (gate)
        {
            timer.IsDisposed = true;
            armed.Remove(timer);
        }
    }

    private void FireDue()
    {
        while (TakeDue() is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves the time to the next timer due and takes it out, or to the end of the way when there is none.</summary>
    private ManualTimer? TakeDue()
    {
        lock (gate)
        {
            var next = armed.Where(timer => timer.DueAt <= target).MinBy(timer => (timer.DueAt, timer.Turn));
            MoveTo(Math.Max(elapsed, next?.DueAt ?? target));
            if (next is not null)
            {
                Place(next, next.PeriodTicks > 0 ? next.DueAt + next.PeriodTicks : null);
            }

            return next;
        }
    }

    private void MoveTo(long ticks)
    {
        wall += TimeSpan.FromTicks(ticks - elapsed);
        elapsed = ticks;
    }

    private void Place(ManualTimer timer, long? dueAt)
    {
        armed.Remove(timer);
        if (dueAt is not { } due)
        {
            return;
        }

        timer.DueAt = due;
        timer.Turn = ++turns;
        armed.Add(timer);
        foreach (var waiter in waiters.Where(waiter => armed.Count >= waiter.Count).ToList())
        {
            waiters.Remove(waiter);
            waiter.Reached.SetResult();
        }
    }
}
