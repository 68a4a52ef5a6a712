namespace KohakuRiver.Auth;

/// <summary>
/// The places on the way to a hashing thread. One address gets a quarter of them, one account too, and one address for one account an
/// eighth: no client keeps the others from getting in line, and none can use up what an account has for its owner elsewhere. Thread-safe.
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

    /// <summary>Takes a place; false when the client holds its share already, or when there is none left.</summary>
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

    /// <summary>Gives a place back that was taken for this client.</summary>
    internal void GiveBack(HashingClient client)
    {
        lock (gate)
        {
            all--;
            foreach (var (key, _) in Keys(client))
            {
                // Nothing is kept of whoever holds no place: strangers choose both names and addresses.
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
