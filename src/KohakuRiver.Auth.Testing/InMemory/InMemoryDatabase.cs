using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// One database in memory. Several <see cref="InMemoryStoreSet"/> objects may share it, as several hosts share a
/// real one. Tests also make stores fail here.
/// </summary>
/// <remarks>
/// Thread-safe. A write works on a draft that replaces the published data at its end, so that it happens
/// entirely or not at all; writes take turns, and reads see the state between two of them.
/// </remarks>
public sealed class InMemoryDatabase : IChangeEpoch
{
    private readonly Lock gate = new();
    private readonly Queue<(Exception Error, bool AfterCommit)> faults = new();
    private volatile MemoryData data = new();
    private volatile bool isDown;
    private long epoch;
    private volatile Func<CancellationToken, Task>? beforeVerb;

    /// <summary>While true, every verb throws <see cref="StoreUnavailableException"/> and changes nothing.</summary>
    public bool IsDown
    {
        get => isDown;
        set => isDown = value;
    }

    /// <summary>
    /// Awaited at the start of every verb, outside any lock; null for none. A test can hold a verb in flight with it, or
    /// count verbs. What it throws is thrown by the verb, which then has changed nothing.
    /// </summary>
    public Func<CancellationToken, Task>? BeforeVerb
    {
        get => beforeVerb;
        set => beforeVerb = value;
    }

    /// <summary>
    /// Makes one verb, the next to run on any set over this database, throw <paramref name="error"/> in place of its
    /// commit: nothing is changed. Several calls queue up, one verb each.
    /// </summary>
    public void FailNext(Exception error) => Enqueue(error, afterCommit: false);

    /// <summary>
    /// Like <see cref="FailNext"/>, but the verb's changes are kept: the acknowledgement is lost, not the write.
    /// </summary>
    public void FailNextAfterCommit(Exception error) => Enqueue(error, afterCommit: true);

    /// <summary>Every committed verb counts as a change to everybody: cached credentials last until the next write. Not a verb.</summary>
    /// <inheritdoc />
    ValueTask<PrincipalChanges> IChangeEpoch.ReadAsync(long since, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (isDown)
        {
            throw new StoreUnavailableException();
        }

        var now = Volatile.Read(ref epoch);
        return ValueTask.FromResult(now == since ? PrincipalChanges.None(now) : PrincipalChanges.Unknown(now));
    }

    internal async Task<T> ReadAsync<T>(Func<MemoryData, T> read, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        if (TakeFault() is { } fault)
        {
            throw fault.Error;
        }

        return read(data);
    }

    internal async Task<T> WriteAsync<T>(Func<MemoryWrite, T> verb, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        lock (gate)
        {
            var write = new MemoryWrite(data.Clone());
            var result = verb(write);
            var fault = TakeFault();
            if (fault is { AfterCommit: false })
            {
                throw fault.Value.Error;
            }

            if (write.IsCommitted)
            {
                data = write.Data;
                Volatile.Write(ref epoch, epoch + 1);
            }

            return fault is null ? result : throw fault.Value.Error;
        }
    }

    internal async Task EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (beforeVerb is { } hook)
        {
            await hook(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (isDown)
        {
            throw new StoreUnavailableException();
        }
    }

    private void Enqueue(Exception error, bool afterCommit)
    {
        ArgumentNullException.ThrowIfNull(error);
        lock (gate)
        {
            faults.Enqueue((error, afterCommit));
        }
    }

    private (Exception Error, bool AfterCommit)? TakeFault()
    {
        lock (gate)
        {
            return faults.TryDequeue(out var fault) ? fault : null;
        }
    }
}
