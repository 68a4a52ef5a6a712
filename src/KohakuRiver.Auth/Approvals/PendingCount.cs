using System.Runtime.CompilerServices;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// The number of pending approvals, watched: told at once about changes made here, and about those of other instances by
/// one shared look every second, however many watch.
/// </summary>
internal sealed class PendingCount(IApprovalStore approvals, TimeProvider clock)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version;
    private (long Version, long ReadAt, Task<int> Count)? shared;

    /// <summary>Wakes the watchers: something became pending or was decided here.</summary>
    internal void Changed()
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            version++;
            (waiting, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.TrySetResult();
    }

    /// <summary>The count now, then again whenever it has changed. Ends with the token or when the store does not answer.</summary>
    internal async IAsyncEnumerable<int> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int? told = null;
        while (true)
        {
            Task signal;
            lock (gate)
            {
                signal = changed.Task;
            }

            var count = await ReadAsync().WaitAsync(cancellationToken);
            if (count != told)
            {
                told = count;
                yield return count;
            }

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(signal, Task.Delay(LookEvery, clock, pause.Token));
            await pause.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task<int> ReadAsync()
    {
        lock (gate)
        {
            if (shared is { } held && held.Version == version && clock.GetElapsedTime(held.ReadAt) < LookEvery && !held.Count.IsFaulted)
            {
                return held.Count;
            }

            // Not one watcher's token: the others share the read. On another thread, because some stores read synchronously
            // and this one holds the lock.
            var read = Task.Run(() => approvals.CountPendingAsync(CancellationToken.None));
            shared = (version, clock.GetTimestamp(), read);
            return read;
        }
    }
}
