using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// Tells by which hash a bearer in another form is looked up. Garbage cannot be told from an imported token, so it is looked
/// up only while there are any. Whether there are is one query to the database, repeated after half a minute at most: an import
/// by another process is noticed by then.
/// </summary>
/// <remarks>
/// Nobody waits for that query. While the result is unknown or too old, bearers are looked up, which is always right and costs one
/// query each; so it is with an unavailable database, whose outage the look-up then reports.
/// </remarks>
internal sealed class ImportedTokenGate : IForeignTokenHash
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(30);

    private readonly Lock state = new();
    private readonly Func<CancellationToken, Task<bool>>? anyTokens;
    private readonly TimeProvider clock;

    private Answer? last;
    private Task? asking;
    private int imports;

    // Stores other than Entity Framework's cannot be queried, so with them every such bearer is looked up.
    public ImportedTokenGate(KohakuStoreSet stores, TimeProvider clock)
        : this(stores is EfStoreSet set ? new ImportStore(set.Database).AnyTokensAsync : null, clock)
    {
    }

    /// <summary>A gate with its own query; for tests.</summary>
    internal ImportedTokenGate(Func<CancellationToken, Task<bool>>? anyTokens, TimeProvider clock)
    {
        this.anyTokens = anyTokens;
        this.clock = clock;
    }

    /// <summary>The query in progress, or the last one; for tests.</summary>
    internal Task Asking
    {
        get
        {
            lock (state)
            {
                return asking ?? Task.CompletedTask;
            }
        }
    }

    /// <inheritdoc />
    public bool TryHash(string token, out SecretHash hash)
    {
        hash = default;
        return MayBeAny() && ImportedToken.TryHash(token, out hash);
    }

    /// <summary>After an import: earlier results are no longer valid.</summary>
    internal void Forget()
    {
        lock (state)
        {
            imports++;
            last = null;
        }
    }

    private bool MayBeAny()
    {
        if (anyTokens is null)
        {
            return true;
        }

        lock (state)
        {
            if (last is { } known && clock.GetElapsedTime(known.AskedAt) < FreshFor)
            {
                return known.Any;
            }

            if (asking is not { IsCompleted: false })
            {
                // On another thread, since SQLite runs on the calling thread.
                var before = imports;
                asking = Task.Run(() => AskAsync(anyTokens, before));
            }

            return true;
        }
    }

    private async Task AskAsync(Func<CancellationToken, Task<bool>> question, int before)
    {
        // The time is taken before the query: the result can only be newer than that.
        var askedAt = clock.GetTimestamp();
        try
        {
            var any = await question(CancellationToken.None);
            lock (state)
            {
                last = imports == before ? new Answer(any, askedAt) : last;
            }
        }
        catch (StoreUnavailableException)
        {
            // The next such bearer queries again; this one's look-up reports the failure.
        }
    }

    private sealed record Answer(bool Any, long AskedAt);
}
