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
