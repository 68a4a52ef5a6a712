using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>A resolved credential in the cache.</summary>
/// <param name="record">The result of the look-up.</param>
/// <param name="epoch">An epoch read before the look-up began; the record includes every change up to it.</param>
/// <param name="generation">The generation of the cache it belongs to.</param>
internal sealed class CachedCredential(CredentialRecord record, long epoch, long generation)
{
    private Actor? last;
    private long used;

    internal CredentialRecord Record => record;

    internal long Epoch => epoch;

    internal long Generation => generation;

    /// <summary>When it was last used, counted in credentials added since; for eviction.</summary>
    internal long Used
    {
        get => Volatile.Read(ref used);

        // Most uses find it already set: a cache line that nobody writes is cheap to share between processors.
        set
        {
            if (Volatile.Read(ref used) != value)
            {
                Volatile.Write(ref used, value);
            }
        }
    }

    /// <summary>The actor; the same object as long as the address stays the same.</summary>
    internal Actor ActorFrom(string? address)
    {
        if (last is { } known && string.Equals(known.Address, address, StringComparison.Ordinal))
        {
            return known;
        }

        return last = CredentialRules.ToActor(record, address);
    }
}
