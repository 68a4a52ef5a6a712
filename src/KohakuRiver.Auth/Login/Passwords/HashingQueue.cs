using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth;

/// <summary>
/// Keeps password hashing from taking the whole machine: it runs on all cores but one (at least one), and a bounded number of
/// callers wait. Beyond that it refuses at once, which is cheaper for everybody than an endless queue. Places are
/// shared out by address and account (<see cref="HashingShares"/>), and clients with fewer turns go first (<see cref="WaitingLine"/>).
/// Waiting times and hashing times are measured.
/// </summary>
internal sealed class HashingQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly WaitingLine waiting = new();
    private readonly HashingShares shares;
    private readonly AuthMetrics metrics;
    private readonly TimeProvider clock;
    private readonly int threads;
    private readonly int length;
    private int running;
    private bool disposed;

    /// <summary>A queue for this machine, as long as <see cref="PasswordOptions.HashingQueueLength"/> says.</summary>
    public HashingQueue(IOptions<KohakuAuthOptions> options, AuthMetrics metrics, TimeProvider clock)
        : this(Math.Max(1, Environment.ProcessorCount - 1), options.Value.Passwords.HashingQueueLength, metrics, clock)
    {
    }

    internal HashingQueue(int threads, int length, AuthMetrics metrics, TimeProvider clock)
    {
        this.metrics = metrics;
        this.clock = clock;
        this.threads = threads;
        this.length = length;
        shares = new HashingShares(threads + length);
    }

    /// <summary>The number of callers waiting for a thread now.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    /// <summary>
    /// A place for a caller that will need a turn, but has other work to do first; null when all places of the queue
    /// are taken, or the client holds its share of them. Called before anything is read or written, so that a caller that comes too
    /// late is refused before any work is done for it.
    /// </summary>
    internal Place? TryAdmit(HashingClient client) => shares.TryTake(client) ? new Place(shares, client) : null;

    /// <summary>
    /// Waits for a turn in the lane of the place's address, for callers that have work to do between getting a thread and using it.
    /// Disposing the turn gives the thread back, not the place.
    /// </summary>
    /// <param name="place">The caller's place; without one it shares the lane of callers without an address.</param>
    /// <exception cref="HashingQueueFullException">The queue is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the turn came.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    internal async Task<Turn> EnterAsync(Place? place, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var arrived = clock.GetTimestamp();
        await WaitForTurnAsync(place?.Client.Address, cancellationToken);
        var waited = clock.GetElapsedTime(arrived);
        metrics.Waited(waited);
        return new Turn(this, waited);
    }

    /// <summary>Closes the queue: waiting callers fail, work that has begun is completed.</summary>
    public void Dispose()
    {
        var left = new List<WaitingLine.Waiter>();
        lock (gate)
        {
            disposed = true;
            while (waiting.TakeNext() is { } waiter)
            {
                left.Add(waiter);
            }
        }

        foreach (var turn in left)
        {
            turn.TrySetException(new ObjectDisposedException(nameof(HashingQueue)));
        }
    }

    private async Task WaitForTurnAsync(string? address, CancellationToken cancellationToken)
    {
        WaitingLine.Waiter waiter;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (running < threads)
            {
                running++;
                waiting.Served(address);
                return;
            }

            if (waiting.Count >= length)
            {
                throw new HashingQueueFullException();
            }

            waiter = waiting.Add(address);
        }

        await using var registration = cancellationToken.Register(() => GiveUp(waiter, cancellationToken));
        await waiter.Task;
    }

    /// <summary>
    /// The method that removes a waiter from the line, this or <see cref="Leave"/>, completes it: a thread is never handed out unused.
    /// </summary>
    private void GiveUp(WaitingLine.Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!waiting.TryRemove(waiter))
            {
                return;
            }
        }

        waiter.TrySetCanceled(cancellationToken);
    }

    private void Leave()
    {
        WaitingLine.Waiter? next;
        lock (gate)
        {
            next = waiting.TakeNext();
            if (next is null)
            {
                running--;
                return;
            }
        }

        next.SetResult();
    }

    /// <summary>A place on the way to a thread; disposing it gives it back.</summary>
    internal sealed class Place(HashingShares shares, HashingClient client) : IDisposable
    {
        private int given;

        internal HashingClient Client => client;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                shares.GiveBack(client);
            }
        }
    }

    /// <summary>A thread of the queue; disposing it gives it back.</summary>
    internal sealed class Turn(HashingQueue queue, TimeSpan waited) : IDisposable
    {
        private int given;

        /// <summary>
        /// Runs the work on the thread pool and measures only that. Work that has begun is completed, and its exception is thrown.
        /// </summary>
        internal async Task<T> RunAsync<T>(HashOperation operation, Func<T> work, CancellationToken cancellationToken)
        {
            using var activity = Activities.PasswordHash.Start();
            activity?.SetTag(Instruments.Operation.Name, Instruments.Operation[operation]).SetTag(Activities.Waited, waited.TotalSeconds);
            try
            {
                return await Task.Run(() => Measure(operation, work), cancellationToken);
            }
            catch (Exception e) when (activity.Fail(e))
            {
                throw;
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                queue.Leave();
            }
        }

        private T Measure<T>(HashOperation operation, Func<T> work)
        {
            var began = queue.clock.GetTimestamp();
            var result = work();
            queue.metrics.Hashed(operation, queue.clock.GetElapsedTime(began));
            return result;
        }
    }
}
