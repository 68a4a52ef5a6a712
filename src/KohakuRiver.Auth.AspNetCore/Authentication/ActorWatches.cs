using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>All connections of the process that are watched, and their periodic check.</summary>
internal sealed partial class ActorWatches(
    ICredentialService credentials, ActorStanding standing, TimeProvider clock, ILogger<ActorWatches> logger)
{
    /// <summary>How long a watched connection survives while the database is unavailable.</summary>
    internal static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<ActorWatch, bool> open = new();

    internal int Count => open.Count;

    internal ActorWatch Add(RequestActor state)
    {
        var watch = new ActorWatch(this, state, clock.GetTimestamp());

        // What no database can end is not checked.
        if (state.IsRevocable)
        {
            open[watch] = true;
        }

        return watch;
    }

    internal void Remove(ActorWatch watch) => open.TryRemove(watch, out _);

    /// <summary>One round: checks each, and ends those whose actor may no longer keep them.</summary>
    internal async Task AskAsync(CancellationToken cancellationToken)
    {
        var all = open.Keys.ToList();
        if (all.Count == 0)
        {
            return;
        }

        using var late = new CancellationTokenSource(LongestOutage, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var asked = clock.GetTimestamp();
            var now = await credentials.FindActorsAsync([.. all.Select(w => (w.State.Actor, w.State.Secret))], either.Token);
            for (var i = 0; i < all.Count; i++)
            {
                await JudgeAsync(all[i], now[i], asked, either.Token);
            }
        }
        catch (StoreUnavailableException)
        {
            all.ForEach(EndAfterOutage);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            all.ForEach(EndAfterOutage);
        }
    }

    private async Task JudgeAsync(ActorWatch watch, Actor? now, long asked, CancellationToken cancellationToken)
    {
        try
        {
            if (await standing.RefuseAsync(watch.State, now, cancellationToken) is not null)
            {
                End(watch);
                return;
            }

            watch.LastAnswer = asked;
        }
        catch (StoreUnavailableException)
        {
            EndAfterOutage(watch);
        }
    }

    private void EndAfterOutage(ActorWatch watch)
    {
        if (clock.GetElapsedTime(watch.LastAnswer) >= LongestOutage)
        {
            End(watch);
        }
    }

    private void End(ActorWatch watch) => _ = TellAsync(watch);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What a connection does on its end is its "
        + "own; the others must end all the same.")]
    private async Task TellAsync(ActorWatch watch)
    {
        try
        {
            await watch.EndAsync();
        }
        catch (Exception e)
        {
            EndFailed(logger, e);
        }
    }

    [LoggerMessage(EventId = 2205, Level = LogLevel.Error,
        Message = "A connection failed while it was being ended because its actor may no longer keep it")]
    private static partial void EndFailed(ILogger logger, Exception exception);
}
