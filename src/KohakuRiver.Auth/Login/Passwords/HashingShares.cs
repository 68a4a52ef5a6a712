namespace KohakuRiver.Auth;

/// <summary>
/// The places on the way to a hashing thread. One address gets a quarter of them, as does one account, and one address for one account an
/// eighth: no client keeps others out of the queue, and none can use up an account's places for its owner elsewhere. Thread-safe.
/// </summary>
internal sealed class HashingShares(int places)
{
    private readonly Lock gate = new();
    private readonly Dictionary<HashingClient, int> taken = [];
    private int all;

    /// <summary>How many places one address, or one account, may hold.</summary>
    internal int OfOne { get; } = Math.Max(1, places / 4);

    /// <summary>How many places one address may hold for one account.</summary>
    internal int OfBoth { get; } = Math.Max(1, places / 8);

    /// <summary>Takes a place; false when the client already holds its share, or when none is left.</summary>
    internal bool TryTake(HashingClient client)
    {
        lock (gate)
        {
            if (all >= places || Keys(client).Any(k => taken.GetValueOrDefault(k.Key) >= k.Share))
            {
                return false;
            }

            all++;
            foreach (var (key, _) in Keys(client))
            {
                taken[key] = taken.GetValueOrDefault(key) + 1;
            }

            return true;
        }
    }

    /// <summary>Gives back a place that was taken for this client.</summary>
    internal void GiveBack(HashingClient client)
    {
        lock (gate)
        {
            all--;
            foreach (var (key, _) in Keys(client))
            {
                // Clients without a place are not remembered: anyone can send any name from many addresses.
                if (taken[key] == 1)
                {
                    taken.Remove(key);
                }
                else
                {
                    taken[key]--;
                }
            }
        }
    }

    private IEnumerable<(HashingClient Key, int Share)> Keys(HashingClient client)
    {
        if (client.Address is not null)
        {
            yield return (client with { Account = null }, OfOne);
        }

        if (client.Account is not null)
        {
            yield return (client with { Address = null }, OfOne);
        }

        if (client is { Address: not null, Account: not null })
        {
            yield return (client, OfBoth);
        }
    }
}
