using System.Collections.Concurrent;

namespace KohakuRiver.Auth;

/// <summary>
/// Keeps refusals from taking the machine over: a caller is refused at once, but an address refused hundreds of times per second
/// has to wait for the second to end. It waits without a thread; otherwise refusing a few hundred connections that retry at once would
/// take processor time from the hashing that others wait for.
/// </summary>
internal sealed class RefusalPace(TimeProvider clock)
{
    /// <summary>How many refusals per second one address receives without delay.</summary>
    internal const int AtOnce = 250;

    /// <summary>How many may wait, over all addresses; beyond that refusals are sent at once to save memory.</summary>
    internal const int MostWaiting = 2048;

    private readonly ConcurrentDictionary<string, (long Second, int Count)> refused = new(StringComparer.Ordinal);
    private long sweptSecond;
    private int waiting;

    /// <summary>Completes when the refusal may be sent.</summary>
    /// <param name="address">The client's address; null outside requests, where nothing is delayed.</param>
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
