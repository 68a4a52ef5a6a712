using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite;

/// <summary>
/// Lets the writers of one process to one database file take turns. SQLite has one writer at a time anyway; without
/// the gate the others would poll, blocking a thread each, and some would give up. SQLite itself waits
/// for other processes.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A semaphore without a wait handle has nothing to dispose; sets share the "
    + "gate.")]
internal sealed class WriteGate
{
    private static readonly Lock Registry = new();
    private static readonly Dictionary<string, WeakReference<WriteGate>> Gates =
        new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly SemaphoreSlim turn = new(1, 1);

    private WriteGate()
    {
    }

    /// <summary>The gate of a file: all sets opened on the same path share it.</summary>
    public static WriteGate For(string path)
    {
        lock (Registry)
        {
            if (Gates.TryGetValue(path, out var known) && known.TryGetTarget(out var gate))
            {
                return gate;
            }

            foreach (var dead in Gates.Where(pair => !pair.Value.TryGetTarget(out _)).Select(pair => pair.Key).ToList())
            {
                Gates.Remove(dead);
            }

            gate = new WriteGate();
            Gates[path] = new WeakReference<WriteGate>(gate);
            return gate;
        }
    }

    /// <summary>Waits for the turn, first come first served; disposing the result ends it.</summary>
    /// <exception cref="StoreUnavailableException">The turn did not come in time.</exception>
    public async ValueTask<IDisposable> EnterAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        await turn.WaitAsync(timeout, cancellationToken)
        ? new Turn(this)
        : throw new StoreUnavailableException("The database is busy: too many writes are waiting.");

    private sealed class Turn(WriteGate gate) : IDisposable
    {
        private WriteGate? held = gate;

        public void Dispose() => Interlocked.Exchange(ref held, null)?.turn.Release();
    }
}
