using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>A resolved credential, kept.</summary>
/// <param name="record">What the look-up gave.</param>
/// <param name="epoch">An epoch read before the look-up began; the record includes every change up to it.</param>
/// <param name="generation">Which life of the cache it belongs to.</param>
internal sealed class CachedCredential(CredentialRecord record, long epoch, long generation)
{
    private Actor? last;
    private long used;

    internal CredentialRecord Record => record;

    internal long Epoch => epoch;

    internal long Generation => generation;

    /// <summary>When it was last used, counted in credentials put in since; for choosing what goes out.</summary>
    internal long Used
    {
        get => Volatile.Read(ref used);

        // Most uses find it set already: a line of memory that nobody writes is cheap to share between processors.
        set
        {
            if (Volatile.Read(ref used) != value)
            {
                Volatile.Write(ref used, value);
            }
        }
    }

    /// <summary>The actor, the same object again for as long as the address stays the same.</summary>
    internal Actor ActorFrom(string? address)
    {
        if (last is { } known && string.Equals(known.Address, address, StringComparison.Ordinal))
        {
            return known;
        }

        return last = CredentialRules.ToActor(record, address);
    }
}
