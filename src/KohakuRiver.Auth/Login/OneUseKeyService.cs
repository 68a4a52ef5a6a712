using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Recognizes what is sent twice, for forms that would create a second secret when repeated. Used keys are stored, so that every instance
/// and the next start know them.
/// </summary>
internal sealed class OneUseKeyService(IThrottleStore store, TimeProvider clock)
{
    /// <summary>How long a key is valid: shorter than used ones are kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(45);

    /// <summary>Whether a key is too old to be used, and perhaps to be remembered.</summary>
    /// <param name="issuedAt">When the key was created; the caller vouches for it.</param>
    public bool IsTooOld(DateTimeOffset issuedAt) => issuedAt <= clock.GetInstant() - Lifetime;

    /// <summary>
    /// Whether a key is known to have been used up; false for one that is too old to be remembered. Leaves it as it is, but of two callers
    /// at the same moment one may be told that it was used though it was only asked about.
    /// </summary>
    public async Task<bool> WasUsedAsync(string key, DateTimeOffset issuedAt, CancellationToken cancellationToken = default)
    {
        if (IsTooOld(issuedAt))
        {
            return false;
        }

        var (bucket, window) = ($"once:{key}", Instants.Cut(issuedAt));
        if (!await store.TryTakeAsync(bucket, window, 1, cancellationToken))
        {
            return true;
        }

        await store.GiveBackAsync(bucket, window, CancellationToken.None);
        return false;
    }

    /// <summary>
    /// Uses a key up. False when it has been used, is too old, or is from the future. Of many callers with one key, one wins.
    /// </summary>
    /// <param name="key">Unguessable, at most 64 characters.</param>
    /// <param name="issuedAt">When the key was created; the caller vouches for it.</param>
    public async Task<bool> TryUseAsync(string key, DateTimeOffset issuedAt, CancellationToken cancellationToken = default)
    {
        var now = clock.GetInstant();
        return issuedAt > now - Lifetime
            && issuedAt < now + TimeSpan.FromMinutes(5)
            && await store.TryTakeAsync($"once:{key}", Instants.Cut(issuedAt), 1, cancellationToken);
    }
}
