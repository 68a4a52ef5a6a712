using KohakuRiver.Auth;

namespace KohakuRiver.SampleHost;

/// <summary>
/// A task is written first and submitted for approval second, in another transaction. A crash between the two leaves a task nobody
/// can decide about. Its submitter got no answer and has probably submitted again, so it ends as <c>failed</c>; running it now would be a
/// surprise.
/// </summary>
internal sealed partial class AbandonedSubmissions(
    TaskStore tasks, IApprovalService approvals, TimeProvider clock, ILogger<AbandonedSubmissions> logger)
    : BackgroundService
{
    private const int BatchSize = 500;

    // Far longer than a submission in progress can take between its two writes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Ends abandoned tasks; returns how many.</summary>
    public async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        var before = clock.GetInstant() - Patience;
        var last = 0L;
        while (await tasks.ListWaitingAsync(before, last, BatchSize, cancellationToken) is { Count: > 0 } waiting)
        {
            last = waiting[^1];
            var known = await approvals.FindAsync([.. waiting.Select(HostIds.ToText)], cancellationToken);
            foreach (var id in waiting.Where(id => !known.ContainsKey(HostIds.ToText(id))))
            {
                const string Note = "The host stopped before this task was submitted for approval; submit it again.";
                if (await tasks.TryMoveAsync(id, TaskStatuses.PendingApproval, TaskStatuses.Failed, cancellationToken, Note))
                {
                    ended++;
                }
            }
        }

        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await SettleAsync(cancellationToken) is > 0 and var count)
            {
                LogSettled(count);
            }
        }
        catch (StoreUnavailableException e)
        {
            LogUnavailable(e);
        }
    }

    [LoggerMessage(3008, LogLevel.Warning, "{Count} tasks were never submitted for approval and are failed")]
    private partial void LogSettled(int count);

    [LoggerMessage(3009, LogLevel.Warning, "Abandoned submissions could not be looked for")]
    private partial void LogUnavailable(Exception exception);
}
