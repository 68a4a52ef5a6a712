using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Resolved credentials, kept in this process and validated at every use: what has been touched since by a change that was acknowledged
/// before the use began is never handed out. Bounded; the least recently used go out first.
/// </summary>
/// <remarks>
/// <para>An entry carries the epoch known before its look-up began, so that it is void as soon as a later change touches its user, the
/// change that committed while the look-up ran included. Nothing depends on the order in which look-ups and reads of the epoch
/// come back.</para>
/// <para>Only credentials that were found are kept: guesses cannot fill it.</para>
/// </remarks>
internal sealed class CredentialCache(IChangeEpoch source, int capacity)
{
    // A tenth goes out at once, so that finding the oldest is paid once for many.
    private const int Share = 10;

    private readonly ConcurrentDictionary<CredentialKey, CachedCredential> entries = new();
    private readonly ConcurrentDictionary<long, long> lastTouched = new();
    private readonly Lock gate = new();
    private long applied = -1;
    private long generation;
    private long made;

    internal int Count => entries.Count;

    /// <summary>
    /// The kept credential when it is still what the store would say; null when it has to be looked up. What is not kept costs no I/O.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody can say.</exception>
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
    /// The same without asking whether anything was touched, for whoever looks many up after one <see cref="RefreshAsync"/>: the use
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

    /// <summary>Looks a credential up and keeps what was found.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
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

    // The marks first, the generation last: starting anew raises the generation before it clears the marks, so whoever found a mark gone
    // meets the new generation here. The other way round an entry of the old life would pass by the generation that was, and then by a
    // mark that is no longer there.
    private bool IsValid(CachedCredential entry) =>
        (!lastTouched.TryGetValue(entry.Record.User.Id, out var touched) || touched <= entry.Epoch)
        && entry.Generation == Volatile.Read(ref generation);

    /// <summary>Learns what was touched up to now.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can say.</exception>
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

    /// <summary>False when somebody started anew from an earlier epoch meanwhile: what was read leaves a gap then.</summary>
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

            // Whoever read further has said all of this already.
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

    // Look-ups that are under way still belong to the life before, and what they put in is never used.
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
