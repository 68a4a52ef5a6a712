using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// Says by which hash a bearer is looked up. One of our own is known by its form; any other could only be an imported token, so it
/// is refused without a query unless there are any. Whether there are is asked again after half a minute at most: an import by another
/// process is noticed by then.
/// </summary>
internal sealed class ImportedTokenGate(IImportStore imports, TimeProvider clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private volatile Answer? last;

    /// <summary>The hash to look up, or null when the bearer cannot be any token.</summary>
    /// <exception cref="StoreUnavailableException">Nobody can say whether there are imported tokens.</exception>
    internal async ValueTask<SecretHash?> HashAsync(string sent, CancellationToken ct)
    {
        if (SecretText.TryParse(SecretKind.ApiToken, sent, out var own))
        {
            return own.Hash();
        }

        return ImportedToken.TryHash(sent, out var hash) && await AnyAsync(ct) ? hash : null;
    }

    /// <summary>Makes the next caller ask again.</summary>
    internal void Forget() => last = null;

    private async ValueTask<bool> AnyAsync(CancellationToken ct)
    {
        if (last is { } known && clock.GetElapsedTime(known.AskedAt) < FreshFor)
        {
            return known.Any;
        }

        // The time is taken before the question: the answer can only be newer than it says.
        var askedAt = clock.GetTimestamp();
        var any = await imports.AnyTokensAsync(ct);
        last = new Answer(any, askedAt);
        return any;
    }

    private sealed record Answer(bool Any, long AskedAt);
}
