namespace KohakuRiver.Auth;

/// <summary>
/// The callers waiting for a hashing thread. The address with the fewest recent turns goes first, and within one address the order of
/// arrival decides: however many wait from one address, a caller from another does not wait for them. Not thread-safe: the
/// <see cref="HashingQueue"/> locks.
/// </summary>
internal sealed class WaitingLine
{
    // Recent turns are halved after so many, so that old ones do not count forever.
    private const int TurnsOfLate = 64;

    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private readonly LinkedList<Lane> order = new();
    private readonly Dictionary<string, int> served = new(StringComparer.Ordinal);
    private int turns;

    /// <summary>The number of waiting callers.</summary>
    internal int Count { get; private set; }

    /// <summary>Adds a caller at the end of its address's lane; those without an address share one.</summary>
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

    /// <summary>Removes the next caller, and counts the turn; null when nobody waits.</summary>
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

    /// <summary>Counts a turn taken without waiting.</summary>
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

    /// <summary>Removes a caller from the line; false when it is no longer in it.</summary>
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

    /// <summary>One waiting caller: completed when its turn has come.</summary>
    internal sealed class Waiter(Lane lane) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal Lane Lane => lane;

        internal bool IsOut { get; set; }
    }
}
