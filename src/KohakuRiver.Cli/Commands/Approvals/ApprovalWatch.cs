using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>kohakuriver approvals watch</c>: the queue as it changes. The host reports when the number changes; additions and removals are read
/// from the queue itself. A lost stream is reopened, with growing pauses while the host is unavailable.
/// </summary>
internal static class ApprovalWatch
{
    private static readonly TimeSpan PauseAfterTheEnd = TimeSpan.FromSeconds(1);

    internal static CliCommand Build() => new CliCommand(
        "watch", "Show new tasks waiting for approval and decided ones, live, until Ctrl-C.",
        "kohakuriver approvals watch").Does((run, cancellationToken) => run.FollowAsync(
            async stop =>
            {
                await WatchAsync(run, stop);
                return ExitCodes.Done;
            },
            cancellationToken));

    private static async Task WatchAsync(InvocationContext run, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Approval>(StringComparer.Ordinal);
        var outage = new Outage(run);
        var isFirst = true;
        while (true)
        {
            try
            {
                using var response = await run.Api.OpenAsync("tasks/pending-approval/events", [], cancellationToken);
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                outage.End();
                await foreach (var item in SseReader.ReadAsync(stream, run.Clock, cancellationToken))
                {
                    if (item.EventType == "count")
                    {
                        await ShowAsync(run, known, isFirst, cancellationToken);
                        isFirst = false;
                    }
                }
            }
            catch (CliException fault) when (!isFirst && Outage.IsOne(fault))
            {
                await outage.WaitAsync(fault, cancellationToken);
                continue;
            }

            await Task.Delay(PauseAfterTheEnd, run.Clock, cancellationToken);
        }
    }

    private static async Task ShowAsync(
        InvocationContext run, Dictionary<string, Approval> known, bool isFirst, CancellationToken cancellationToken)
    {
        var now = await run.Api.ListAsync<Approval>("tasks/pending-approval", [], null, null, cancellationToken);
        var waiting = now.ToDictionary(a => a.TaskId, StringComparer.Ordinal);
        var came = now.Where(a => !known.ContainsKey(a.TaskId)).Reverse().ToList();
        var went = known.Values.Where(a => !waiting.ContainsKey(a.TaskId)).ToList();
        if (!isFirst && came.Count == 0 && went.Count == 0)
        {
            return;
        }

        var at = run.Clock.GetUtcNow();
        if (run.Output.IsData)
        {
            run.Output.JsonLine(new QueueChange(at, now.Count, came, [.. went.Select(a => a.TaskId)]));
        }
        else
        {
            var time = at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            foreach (var task in came)
            {
                run.Output.CodeLine($"{time}  + {task.TaskId}  {task.OwnerUsername}  {Show.CommandLine(task.Command, task.Arguments)}");
            }

            foreach (var task in went)
            {
                run.Output.Line($"{time}  - {task.TaskId}  {task.OwnerUsername}  decided or withdrawn");
            }

            run.Output.Line($"{time}  {now.Count} waiting");
            await run.Terminal.Out.FlushAsync(cancellationToken);
        }

        known.Clear();
        foreach (var (id, task) in waiting)
        {
            known[id] = task;
        }
    }

    /// <param name="At">When it was seen.</param>
    /// <param name="Count">How many are waiting now.</param>
    /// <param name="Came">New in the queue; the first time all waiting tasks.</param>
    /// <param name="Went">The ids of tasks no longer waiting.</param>
    internal sealed record QueueChange(DateTimeOffset At, int Count, IReadOnlyList<Approval> Came, IReadOnlyList<string> Went);
}
