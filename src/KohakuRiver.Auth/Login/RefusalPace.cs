using System.Collections.Concurrent;

namespace KohakuRiver.Auth;

/// <summary>
/// Keeps refusing from becoming the work: whoever is refused is told so at once, but an address that is refused hundreds of times a second
/// has to wait for the second to end. It waits without a thread; otherwise refusing a few hundred connections that come again at once would
/// take the processor from the hashing that others wait for.
/// </summary>
internal sealed class RefusalPace(TimeProvider clock)
{
    /// <summary>How many refusals a second one address is told of at once.</summary>
    internal const int AtOnce = 250;

    /// <summary>How many may wait, whatever their address; beyond that everybody is told at once, as memory is worth more then.</summary>
    internal const int MostWaiting = 2048;

    private readonly ConcurrentDictionary<string, (long Second, int Count)> refused = new(StringComparer.Ordinal);
    private long sweptSecond;
    private int waiting;

    /// <summary>Done when the refusal may be told.</summary>
    /// <param name="address">The client's; null outside requests, and then it is told at once.</param>
    /// <param name="cancellationToken">The client hung up.</param>
    internal async Task WaitAsync(string? address, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var second = now.UtcTicks / TimeSpan.TicksPerSecond;
        if (Interlocked.Exchange(ref sweptSecond, second) != second)
        {
            foreach (var old in refused.Where(r => r.Value.Second != second))
            {
                refused.TryRemove(old);
            }
        }

        var mine = refused.AddOrUpdate(
            AttemptThrottle.Bucket(address), (second, 1), (_, old) => old.Second == second ? (second, old.Count + 1) : (second, 1));
        if (mine.Count <= AtOnce)
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref waiting) <= MostWaiting)
            {
                await Task.Delay(
                    TimeSpan.FromTicks(TimeSpan.TicksPerSecond - (now.UtcTicks % TimeSpan.TicksPerSecond)), clock, cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
