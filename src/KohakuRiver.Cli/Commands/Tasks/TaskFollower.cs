namespace KohakuRiver.Cli;

/// <summary>Waits for a task by polling the host, quickly at first and then less often.</summary>
internal sealed class TaskFollower(InvocationContext run, string taskId)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    internal Task<ClusterTask> GetAsync(CancellationToken cancellationToken) => InvocationContext.OrMissingAsync(
        run.Api.GetAsync<ClusterTask>("tasks/" + Uri.EscapeDataString(taskId), cancellationToken), Missing(taskId));

    /// <summary>The message for a missing task.</summary>
    internal static string Missing(string taskId) => $"There is no task '{taskId}', or none you may see. List them: kohakuriver tasks list";

    /// <summary>Returns the task once it is over. Outages of the host are waited out.</summary>
    /// <param name="onLook">Receives the task after each poll.</param>
    /// <param name="isKnown">
    /// Whether the host is known to have the task. Otherwise an outage at the first poll is thrown: the address may be wrong.
    /// </param>
    /// <param name="cancellationToken">Cancels the waiting; the task continues.</param>
    internal async Task<ClusterTask> WaitAsync(Action<ClusterTask> onLook, bool isKnown, CancellationToken cancellationToken)
    {
        var pause = ShortestPause;
        var outage = new Outage(run);
        string? last = null;
        while (true)
        {
            ClusterTask task;
            try
            {
                task = await GetAsync(cancellationToken);
            }
            catch (CliException fault) when (isKnown && Outage.IsOne(fault))
            {
                await outage.WaitAsync(fault, cancellationToken);
                continue;
            }

            isKnown = true;
            outage.End();
            onLook(task);
            if (TaskStates.IsFinal(task.Status))
            {
                return task;
            }

            pause = task.Status == last ? TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPause.Ticks)) : ShortestPause;
            last = task.Status;
            await Task.Delay(pause, run.Clock, cancellationToken);
        }
    }

    /// <summary>
    /// The exit code of a command that waited: the task's own where it has one; otherwise whether it completed. A task that failed never
    /// gives 0.
    /// </summary>
    internal static int ExitCodeOf(ClusterTask task) => task switch
    {
        { Status: TaskStates.Completed, ExitCode: null or 0 } => ExitCodes.Done,
        { ExitCode: > 0 and <= byte.MaxValue and var own } => own,
        _ => ExitCodes.Failed,
    };

    /// <summary>One line about how it ended.</summary>
    internal static string Ending(ClusterTask task) =>
        $"Task {task.TaskId} {task.Status.Replace('_', ' ')}"
        + (task.ExitCode is { } code && code != 0 ? $" with exit code {Show.Number(code)}" : "")
        + (task.RejectionReason is { Length: > 0 } why ? $": {why}" : "") + ".";
}
