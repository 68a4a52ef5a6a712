namespace KohakuRiver.Auth;

/// <summary>
/// Who waits for a hashing thread. The address that had the fewest turns of late goes first, and within one address it is the order of
/// arrival: however many wait from one address, whoever comes from another does not wait for them. Not thread-safe: the
/// <see cref="HashingQueue"/> locks.
/// </summary>
internal sealed class WaitingLine
{
    // Turns of late are counted down by half after so many, so that what was long ago does not count for ever.
    private const int TurnsOfLate = 64;

    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly LinkedList<Lane> order = new();
    private readonly Dictionary<string, int> served = new(StringComparer.Ordinal);
    private int turns;

    /// <summary>How many wait.</summary>
    internal int Count { get; private set; }

    /// <summary>Puts somebody at the end of their address's lane; those without an address share one.</summary>
    internal Waiter Add(string? address)
    {
        var key = address ?? "";
        if (!lanes.TryGetValue(key, out var lane))
        {
            lane = new Lane(key);
            lanes[key] = lane;
            order.AddLast(lane);
        }

        Count++;
        var waiter = new Waiter(lane);
        lane.Waiters.AddLast(waiter);
        return waiter;
    }

    /// <summary>Takes whoever is next, and counts the turn; null when nobody waits.</summary>
    internal Waiter? TakeNext()
    {
        if (order.Count == 0)
        {
            return null;
        }

        var waiter = order.MinBy(lane => served.GetValueOrDefault(lane.Key))!.Waiters.First!.Value;
        TryRemove(waiter);
        Served(waiter.Lane.Key);
        return waiter;
    }

    /// <summary>Counts a turn that was to be had without waiting.</summary>
    internal void Served(string? address)
    {
        var key = address ?? "";
        served[key] = served.GetValueOrDefault(key) + 1;
        if (++turns < TurnsOfLate)
        {
            return;
        }

        turns = 0;
        foreach (var (who, count) in served.ToList())
        {
            if (count == 1)
            {
                served.Remove(who);
            }
            else
            {
                served[who] = count / 2;
            }
        }
    }

    /// <summary>Takes somebody out of the line; false when they are not in it any more.</summary>
    internal bool TryRemove(Waiter waiter)
    {
        var lane = waiter.Lane;
        if (waiter.IsOut)
        {
            return false;
        }

        waiter.IsOut = true;
        Count--;
        lane.Waiters.Remove(waiter);
        if (lane.Waiters.Count == 0)
        {
            order.Remove(lane);
            lanes.Remove(lane.Key);
        }

        return true;
    }

    /// <summary>One address's waiters.</summary>
    internal sealed class Lane(string key)
    {
        internal string Key => key;

        internal LinkedList<Waiter> Waiters { get; } = new();
    }

    /// <summary>One who waits: done when the turn has come.</summary>
    internal sealed class Waiter(Lane lane) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal Lane Lane => lane;

        internal bool IsOut { get; set; }
    }
}
