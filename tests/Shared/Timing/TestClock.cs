using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Tests.Shared;

/// <summary>
/// The framework's clock for tests, and two things beyond it: a wall clock that somebody sets while no time passes,
/// and waiting until the code under test has come to its delay.
/// </summary>
internal sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock gate = new();
    private TaskCompletionSource grown = New();
    private TimeSpan set;
    private int timers;

    /// <summary>A clock that shows <see cref="DefaultStart"/>.</summary>
    internal TestClock()
        : this(DefaultStart)
    {
    }

    internal static DateTimeOffset DefaultStart { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Time that passed, as on a machine: the base class would let it jump with the wall clock.</summary>
    public override long GetTimestamp()
    {
        lock (gate)
        {
            return base.GetTimestamp() - set.Ticks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        TaskCompletionSource waited;
        lock (gate)
        {
            timers++;
            (waited, grown) = (grown, New());
        }

        waited.SetResult();
        return new Counted(this, timer);
    }

    /// <summary>Sets the time of day, forwards or backwards, as somebody corrects a machine's clock: no timer fires.</summary>
    internal void SetWallClock(DateTimeOffset instant)
    {
        lock (gate)
        {
            set += instant - GetUtcNow();
            AdjustTime(instant);
        }
    }

    /// <summary>Waits until at least this many timers exist; a delay's is gone as soon as the delay is over.</summary>
    internal async Task WaitForTimersAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (timers >= count)
                {
                    return;
                }

                more = grown.Task;
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Counted(TestClock clock, ITimer timer) : ITimer
    {
        private int isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isDisposed, 1) == 0)
            {
                timer.Dispose();
                lock (clock.gate)
                {
                    clock.timers--;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
