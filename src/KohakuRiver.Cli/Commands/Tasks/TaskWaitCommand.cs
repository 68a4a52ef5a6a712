namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver tasks wait</c>.</summary>
internal static class TaskWaitCommand
{
    internal static CliCommand Build()
    {
        var tasks = GlobalOptions.Several("task", "Task ids (-: those on standard input).");
        tasks.CompletionSources.AddNames("tasks", "task_id");
        var timeout = GlobalOptions.Text(
            "--timeout", "How long to wait in all, like 90s, 30m or 2h (default: without end); then it ends with exit code 124.", "TIME");
        return new CliCommand(
            "wait", "Wait until tasks have ended, and end with the first exit code of theirs that is not 0.",
            "kohakuriver tasks wait 1234 1235 --timeout 2h",
            "kohakuriver tasks list --status running --output ids | kohakuriver tasks wait -").With(tasks, timeout)
            .Does((run, cancellationToken) => WaitAsync(
                run, [.. run.Items(run.Get(tasks)).Distinct(StringComparer.Ordinal)], Durations.Span(run.Get(timeout), "--timeout"),
                cancellationToken));
    }

    private static async Task<int> WaitAsync(
        InvocationContext run, IReadOnlyList<string> ids, TimeSpan? most, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(most ?? Timeout.InfiniteTimeSpan, run.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        var ended = new List<ClusterTask>();
        try
        {
            // One that there is not is said before anything is waited for.
            foreach (var id in ids)
            {
                await new TaskFollower(run, id).GetAsync(either.Token);
            }

            foreach (var id in ids)
            {
                var task = await run.Output.WhileAsync($"Task {id}", progress => new TaskFollower(run, id).WaitAsync(
                    now => progress($"Task {id}: {now.Status.Replace('_', ' ')}"), isKnown: true, either.Token));
                ended.Add(task);
                if (!run.Output.IsData)
                {
                    run.Output.Say(TaskFollower.Ending(task));
                }
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            ShowData(run, ended);
            var left = Show.Joined(ids.Skip(ended.Count));
            throw cancellationToken.IsCancellationRequested
                ? new OperationCanceledException(cancellationToken)
                : new CliException(ExitCodes.TimedOut, $"The time is up; task {left} has not ended yet, and continues.");
        }

        ShowData(run, ended);
        return ended.Select(TaskFollower.ExitCodeOf).FirstOrDefault(code => code != ExitCodes.Done);
    }

    private static void ShowData(InvocationContext run, IEnumerable<ClusterTask> ended)
    {
        if (run.Output.IsData)
        {
            run.Output.Json<IReadOnlyList<TaskRow>>([.. ended.Select(TaskRow.Of)]);
        }
    }
}
