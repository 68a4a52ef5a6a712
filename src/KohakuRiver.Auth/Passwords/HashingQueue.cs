using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Passwords;

/// <summary>
/// Keeps password hashing from taking the whole machine: it runs on all cores but one (at least one), in the
/// order of arrival, and a bounded number of callers wait. Beyond that it refuses at once, which is cheaper for everybody
/// than a queue nobody gets to the end of.
/// </summary>
internal sealed class HashingQueue : IDisposable
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private readonly int threads;
    private readonly int length;
    private int running;
    private int admitted;
    private bool disposed;

    /// <summary>A queue for this machine, as long as <see cref="PasswordOptions.HashingQueueLength"/> says.</summary>
    public HashingQueue(IOptions<KohakuAuthOptions> options)
        : this(Math.Max(1, Environment.ProcessorCount - 1), options.Value.Passwords.HashingQueueLength)
    {
    }

    internal HashingQueue(int threads, int length)
    {
        this.threads = threads;
        this.length = length;
    }

    /// <summary>How many callers wait for a thread now.</summary>
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
    /// A place for a caller who will want a turn, but has work of another kind before it; null when as many as the queue has places for
    /// are on their way already. Asked first of all, so that whoever comes too late is told so before anything is done for them.
    /// It is no turn: <see cref="EnterAsync"/> may still find the queue full of others.
    /// </summary>
    internal IDisposable? TryAdmit()
    {
        if (Interlocked.Increment(ref admitted) <= threads + length)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref admitted);
        return null;
    }

    /// <summary>Runs <paramref name="work"/> when its turn comes and gives its result or its exception.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="work">Synchronous and busy, such as hashing a password.</param>
    /// <param name="ct">Leaves the queue. Work that has begun runs to its end.</param>
    /// <exception cref="HashingQueueFullException">As many callers wait as may wait.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the work began.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        using var turn = await EnterAsync(ct);
        return await Task.Run(work, CancellationToken.None);
    }

    /// <summary>
    /// Waits for a turn, for callers that have something to do between getting a thread and using it. Disposing the turn
    /// gives the thread back.
    /// </summary>
    /// <param name="ct">Leaves the queue.</param>
    /// <exception cref="HashingQueueFullException">As many callers wait as may wait.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the turn came.</exception>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await WaitForTurnAsync(ct);
        return new Turn(this);
    }

    /// <summary>Closes the queue: whoever waits fails, work that has begun runs to its end.</summary>
    public void Dispose()
    {
        List<TaskCompletionSource> left;
        lock (gate)
        {
            disposed = true;
            left = [.. waiting];
            waiting.Clear();
        }

        foreach (var turn in left)
        {
            turn.TrySetException(new ObjectDisposedException(nameof(HashingQueue)));
        }
    }

    private async Task WaitForTurnAsync(CancellationToken ct)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (running < threads)
            {
                running++;
                return;
            }

            if (waiting.Count >= length)
            {
                throw new HashingQueueFullException();
            }

            place = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = ct.Register(() => GiveUp(place, ct));
        await place.Value.Task;
    }

    /// <summary>Whoever takes the place out of the list, this or <see cref="Leave"/>, decides its fate: a thread is never given away unused.</summary>
    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken ct)
    {
        lock (gate)
        {
            if (place.List is null)
            {
                return;
            }

            waiting.Remove(place);
        }

        place.Value.TrySetCanceled(ct);
    }

    private void Leave()
    {
        TaskCompletionSource next;
        lock (gate)
        {
            if (waiting.First is not { } first)
            {
                running--;
                return;
            }

            waiting.RemoveFirst();
            next = first.Value;
        }

        next.SetResult();
    }

    private sealed class Place(HashingQueue queue) : IDisposable
    {
        private int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                Interlocked.Decrement(ref queue.admitted);
            }
        }
    }

    private sealed class Turn(HashingQueue queue) : IDisposable
    {
        private int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0)
            {
                queue.Leave();
            }
        }
    }
}
