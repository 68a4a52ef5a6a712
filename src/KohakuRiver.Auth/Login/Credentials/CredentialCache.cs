using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Resolved credentials, cached in this process and validated at every use: one touched since by a change that was acknowledged
/// before the use began is never returned. Bounded; the least recently used are evicted first.
/// </summary>
/// <remarks>
/// <para>An entry carries the epoch known before its look-up began, so that it is invalid as soon as a later change touches its user,
/// including a change committed during the look-up. Nothing depends on the order in which look-ups and reads of the epoch
/// complete.</para>
/// <para>Only credentials that were found are cached: guesses cannot fill it.</para>
/// </remarks>
internal sealed class CredentialCache(IChangeEpoch source, int capacity)
{
    // A tenth is evicted at once, so that the cost of finding the oldest is shared by many.
    private const int Share = 10;

    private readonly ConcurrentDictionary<CredentialKey, CachedCredential> entries = new();
    private readonly ConcurrentDictionary<long, long> lastTouched = new();
    private readonly Lock gate = new();
    private long applied = -1;
    private long generation;
    private long made;

    internal int Count => entries.Count;

    /// <summary>
    /// The cached credential when it still equals what the store has; null when it has to be looked up. A miss costs no I/O.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    internal async ValueTask<CachedCredential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (!entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        await RefreshAsync(cancellationToken);
        return Judge(key, entry);
    }

    /// <summary>
    /// The same without checking for changes, for callers that look up many after one <see cref="RefreshAsync"/>: the use
    /// began when that did.
    /// </summary>
    internal CachedCredential? FindRefreshed(CredentialKey key) => entries.TryGetValue(key, out var entry) ? Judge(key, entry) : null;

    private CachedCredential? Judge(CredentialKey key, CachedCredential entry)
    {
        if (!IsValid(entry))
        {
            entries.TryRemove(KeyValuePair.Create(key, entry));
            return null;
        }

        entry.Used = Volatile.Read(ref made);
        return entry;
    }

    /// <summary>Looks up a credential and caches it when found.</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    internal async Task<CachedCredential?> ResolveAsync(
        CredentialKey key, Func<Task<CredentialRecord?>> lookUp, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref applied) < 0)
        {
            await RefreshAsync(cancellationToken);
        }

        long epoch;
        long life;
        lock (gate)
        {
            epoch = applied;
            life = generation;
        }

        if (await lookUp() is not { } record)
        {
            return null;
        }

        var entry = new CachedCredential(record, epoch, life);
        entry.Used = Interlocked.Increment(ref made);
        entries[key] = entry;
        if (entries.Count > capacity)
        {
            MakeRoom();
        }

        return entry;
    }

    // The marks first, the generation last: a reset raises the generation before it clears the marks, so a reader that found no mark
    // sees the new generation here. In the other order, an old entry would pass the check of the old generation, and then of a
    // mark that no longer exists.
    private bool IsValid(CachedCredential entry) =>
        (!lastTouched.TryGetValue(entry.Record.User.Id, out var touched) || touched <= entry.Epoch)
        && entry.Generation == Volatile.Read(ref generation);

    /// <summary>Reads what was touched up to now.</summary>
    /// <exception cref="StoreUnavailableException">The store is unavailable.</exception>
    internal async ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var since = Volatile.Read(ref applied);
            var changes = await source.ReadAsync(since, cancellationToken);
            if ((changes.Epoch == since && changes.Touched is not null) || TryApply(since, changes))
            {
                return;
            }
        }
    }

    /// <summary>False when another caller reset the cache to an earlier epoch in the meantime: the changes read then leave a gap.</summary>
    private bool TryApply(long since, PrincipalChanges changes)
    {
        lock (gate)
        {
            if (changes.Touched is null)
            {
                StartAnew(changes.Epoch);
                return true;
            }

            if (since > applied)
            {
                return false;
            }

            // A caller that read further has already recorded all of this.
            if (changes.Epoch <= applied)
            {
                return true;
            }

            foreach (var change in changes.Touched)
            {
                if (change.Epoch > lastTouched.GetValueOrDefault(change.UserId))
                {
                    lastTouched[change.UserId] = change.Epoch;
                }
            }

            if (lastTouched.Count > capacity)
            {
                StartAnew(changes.Epoch);
                return true;
            }

            Volatile.Write(ref applied, changes.Epoch);
            return true;
        }
    }

    // Look-ups in progress still belong to the earlier generation, and what they add is never used.
    private void StartAnew(long epoch)
    {
        Volatile.Write(ref generation, generation + 1);
        entries.Clear();
        lastTouched.Clear();
        Volatile.Write(ref applied, epoch);
    }

    private void MakeRoom()
    {
        lock (gate)
        {
            var excess = entries.Count - capacity;
            if (excess <= 0)
            {
                return;
            }

            foreach (var oldest in entries.ToArray().OrderBy(e => e.Value.Used).Take(excess + (capacity / Share)))
            {
                entries.TryRemove(oldest);
            }
        }
    }
}
