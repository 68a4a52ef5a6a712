using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// The number of waiting tasks as server-sent events: one <c>count</c> at once, one after each change, and a <c>ping</c> every 15 s that
/// keeps proxies from closing the stream. The actor is looked up anew before each of them and watched in between, and the stream ends when
/// the actor may no longer see it. Keeping a stream open does not count as activity.
/// </summary>
internal static class ApprovalEvents
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    internal static void Map(RouteGroupBuilder approvals) =>
        approvals.MapGet("/tasks/pending-approval/events", WatchAsync)
            .RequirePermission(Permissions.ApproveTasks)
            .Describe(
                "watchPendingTasks",
                "Watch the number of waiting tasks",
                "Server-sent events: count on every change, ping every 15 seconds.")
            .Streams("text/event-stream", ApprovalExamples.Events);

    // For the API and the panel alike. (An XML summary would take the place of the one above in the OpenAPI document.)
    internal static async Task<IResult> WatchAsync(
        HttpContext http, Actor actor, IApprovalService approvals, IActorRecheck recheck, TimeProvider clock, IHostApplicationLifetime host,
        CancellationToken cancellationToken)
    {
        // A database that does not answer is a 503, not a stream that ends at once.
        var count = await approvals.CountPendingAsync(actor, cancellationToken);
        if (!count.IsSuccess)
        {
            return Replies.Refused(count.Refusal);
        }

        // Without this, nginx gathers events until a buffer is full.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(http, approvals, recheck, clock, host.ApplicationStopping, cancellationToken));
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(
        HttpContext http, IApprovalService approvals, IActorRecheck recheck, TimeProvider clock, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken aborted)
    {
        // A host that stops does not wait for streams that have no end.
        using var watch = recheck.Watch(http);
        using var open = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping, watch.Ended);
        var cancellationToken = open.Token;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var counts = approvals.WatchPendingCountAsync(ending.Token).GetAsyncEnumerator(ending.Token);
        var next = counts.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                using (var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
                {
                    await Task.WhenAny(next, Task.Delay(PingEvery, clock, pause.Token));
                    await pause.CancelAsync();
                }

                if (cancellationToken.IsCancellationRequested || !await MayWatchAsync(http, recheck, cancellationToken))
                {
                    break;
                }

                if (!next.IsCompleted)
                {
                    yield return new SseItem<string>("", "ping");
                    continue;
                }

                if (!await HasNextAsync(next))
                {
                    break;
                }

                yield return new SseItem<string>(counts.Current.ToString(CultureInfo.InvariantCulture), "count");
                next = counts.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The enumerator must be at rest before it is disposed; the reader of the stream may have gone between two events.
            await ending.CancelAsync();
            await HasNextAsync(next);
        }
    }

    private static async Task<bool> HasNextAsync(Task<bool> next)
    {
        try
        {
            return await next;
        }
        catch (Exception e) when (e is OperationCanceledException or StoreUnavailableException)
        {
            // The client went away, or the database did; the client reconnects by itself and gets 503 then.
            return false;
        }
    }

    private static async Task<bool> MayWatchAsync(HttpContext http, IActorRecheck recheck, CancellationToken cancellationToken)
    {
        try
        {
            return await recheck.IsCurrentAsync(http, cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            return false;
        }
    }
}
