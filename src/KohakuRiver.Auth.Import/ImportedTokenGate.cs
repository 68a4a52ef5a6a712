using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// Says by which hash a bearer of another form is looked up. Nothing in such a text tells garbage from an imported token, so it is looked
/// up only while there are any. Whether there are is one question to the database, asked again after half a minute at most: an import
/// by another process is noticed by then.
/// </summary>
/// <remarks>
/// Nobody waits for the question. While the answer is not known, or is too old, bearers are looked up, which is always right and costs a
/// query each; so it is with a database that does not answer, whose outage the look-up then tells.
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

    // Stores that are not Entity Framework's cannot be asked, so with them every such bearer is looked up.
    public ImportedTokenGate(KohakuStoreSet stores, TimeProvider clock)
        : this(stores is EfStoreSet set ? new ImportStore(set.Database).AnyTokensAsync : null, clock)
    {
    }

    /// <summary>A gate with a question of its own; for tests.</summary>
    internal ImportedTokenGate(Func<CancellationToken, Task<bool>>? anyTokens, TimeProvider clock)
    {
        this.anyTokens = anyTokens;
        this.clock = clock;
    }

    /// <summary>The question that is out, or was last; for tests.</summary>
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

    /// <summary>After an import: what was asked before it counts no more.</summary>
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
                // Elsewhere, since SQLite answers on the thread that asks.
                var before = imports;
                asking = Task.Run(() => AskAsync(anyTokens, before));
            }

            return true;
        }
    }

    private async Task AskAsync(Func<CancellationToken, Task<bool>> question, int before)
    {
        // The time is taken before the question: the answer can only be newer than it says.
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
            // The next such bearer asks again; this one's look-up tells its caller.
        }
    }

    private sealed record Answer(bool Any, long AskedAt);
}
