using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth;

/// <summary>
/// Collects when sessions and identities were last seen and tokens last used, and writes it in batches, at most once a minute for each
/// credential. A write that fails affects no response and is tried again; a write never restores a revoked credential.
/// </summary>
internal sealed class LastUse(
    ISessionStore sessions, ITokenStore tokens, IIdentityStore identities, TimeProvider clock, ILogger<LastUse> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(ActorKind Kind, long Id), DateTimeOffset> noted = new();
    private readonly ConcurrentDictionary<(ActorKind Kind, long Id), DateTimeOffset> waiting = new();

    /// <summary>Records one use of the actor's credential. Costs no I/O; does nothing for actors without one.</summary>
    public void Note(Actor actor)
    {
        if (actor.CredentialId is not { } id || actor.Kind is not (ActorKind.Session or ActorKind.Token or ActorKind.External))
        {
            return;
        }

        var key = (actor.Kind, id);
        var now = clock.GetInstant();
        if (noted.TryGetValue(key, out var last) && now - last < Pause)
        {
            return;
        }

        if (noted.Count >= MostRemembered)
        {
            noted.Clear();
        }

        noted[key] = now;
        waiting[key] = now;
    }

    /// <summary>Writes what has been collected. The batch is kept after an outage, which is logged, and after cancellation.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        var batch = new List<KeyValuePair<(ActorKind Kind, long Id), DateTimeOffset>>();
        foreach (var key in waiting.Keys)
        {
            if (waiting.TryRemove(key, out var at))
            {
                batch.Add(new(key, at));
            }
        }

        try
        {
            await WriteAsync(ActorKind.Session, sessions.TouchAsync);
            await WriteAsync(ActorKind.Token, tokens.TouchAsync);
            await WriteAsync(ActorKind.External, identities.TouchAsync);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            foreach (var (key, at) in batch)
            {
                // A newer use of the same credential wins over the one put back.
                waiting.TryAdd(key, at);
            }

            logger.ActivityNotWritten(e);
        }

        async Task WriteAsync(ActorKind kind, Func<IReadOnlyDictionary<long, DateTimeOffset>, CancellationToken, Task> write)
        {
            var some = batch.Where(b => b.Key.Kind == kind).ToDictionary(b => b.Key.Id, b => b.Value);
            if (some.Count > 0)
            {
                await write(some, cancellationToken);
            }
        }
    }
}
