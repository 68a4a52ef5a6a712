using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver tasks</c>.</summary>
internal static class TaskCommands
{
    internal static CliCommand Build() => new CliCommand("tasks", "Submit and follow tasks.", "kohakuriver tasks submit --wait -- hostname")
        .With(List(), ShowOne(), TaskSubmitCommand.Build(), TaskWaitCommand.Build(), Kill(asks: true), Logs());

    /// <summary>Stops tasks.</summary>
    /// <param name="asks">Whether it asks first; the original's <c>task kill</c> does not.</param>
    internal static CliCommand Kill(bool asks)
    {
        var tasks = GlobalOptions.Several("task", "Task ids (-: those on standard input).");
        tasks.CompletionSources.AddNames("tasks", "task_id");
        var yes = GlobalOptions.Yes();
        return new CliCommand(
            "kill", "Stop tasks.", "kohakuriver tasks kill 1234 1235",
            "kohakuriver tasks list --status running --output ids | kohakuriver tasks kill - --yes").With(tasks, yes)
            .Does((run, cancellationToken) =>
        {
            var ids = run.Items(run.Get(tasks));
            if (asks && ids.Length > 0)
            {
                run.Confirm(yes, "Kill " + Show.Counted("task", ids));
            }

            return Bulk.RunAsync(
                run, ids, id => "task " + id,
                async id =>
                {
                    var answer = await InvocationContext.OrMissingAsync(
                        run.Api.PostAsync<MessageAnswer>($"kill/{Uri.EscapeDataString(id)}", null, cancellationToken),
                        TaskFollower.Missing(id));
                    return (
                        new TaskResult(id, "killed", answer.Message),
                        answer.Message is { } text && text.Contains(id, StringComparison.Ordinal)
                        ? text
                        : $"Task {id} is being stopped.");
                },
                (id, why) => new TaskResult(id, Bulk.Failed, why), cancellationToken);
        });
    }

    /// <summary>Tasks as a table.</summary>
    internal static void ShowTasks(InvocationContext run, IReadOnlyList<ClusterTask> tasks, string none) => run.Output.List(
        tasks, none,
        new Column<ClusterTask>("Task", t => t.TaskId) { IsId = true }, new("Status", t => t.Status) { IsState = true }, new(
            "From", t => t.OwnerUsername) { Drop = 5 },
        new(
            "Command",
            t => Show.CommandLine(t.Command, t.Arguments)) { Folds = true, IsCode = true }, new("Node", t => t.AssignedNode) { Drop = 6 },
        new("Submitted", t => Show.Time(t.SubmittedAt)) { Time = t => t.SubmittedAt, Drop = 7 }, new(
            "Ended", t => Show.Time(t.CompletedAt)) { Time = t => t.CompletedAt, Drop = 9 },
        new("Exit", t => Show.Number(t.ExitCode)) { IsNumber = true, Drop = 8 });

    private static CliCommand List()
    {
        var status = GlobalOptions.Text("--status", "Only tasks in this state, like running or pending_approval.", "STATUS")
            .Offering(TaskStates.All);
        var node = GlobalOptions.Text("--node", "Only tasks on this node.", "HOSTNAME");
        var limit = GlobalOptions.Limit();
        node.CompletionSources.AddNames("nodes", "hostname");
        return new CliCommand("list", "List tasks, newest first.", "kohakuriver tasks list --status running --limit 20")
            .With(status, node, new Option<bool>("--compact", "-c") { Hidden = true }).ShowsLongList(limit)
            .Formerly(status, "-s").Formerly(node, "-n").Formerly(limit, "-l")
            .Does(async (run, cancellationToken) =>
        {
            var most = run.Most(limit);
            var tasks = await run.ListAsync<ClusterTask>(
                "tasks", most, cancellationToken, new("status", run.Get(status)), new("node", run.Get(node)),
                new("limit", Show.Number(Math.Min(most ?? LongestList, LongestList))));
            if (run.Output.IsData)
            {
                run.Output.Json(tasks.Select(TaskRow.Of).ToList());
                return;
            }

            ShowTasks(run, tasks, "No tasks.");
        });
    }

    private const int LongestList = 10_000;

    private static CliCommand ShowOne()
    {
        var task = GlobalOptions.Named("task", "The task's id.", "tasks", "task_id");
        return new CliCommand("show", "Show one task.", "kohakuriver tasks show 1234").With(task).Does(async (run, cancellationToken) =>
        {
            var found = await new TaskFollower(run, run.Get(task)).GetAsync(cancellationToken);
            run.Output.Value(found, () => run.Output.Fields(
                ("Task", found.TaskId), ("Status", found.Status), ("From", found.OwnerUsername), new(
                    "Command", Show.CommandLine(found.Command, found.Arguments)) { IsCode = true },
                new("Environment", Show.Joined(found.EnvVars?.Select(e => $"{e.Key}={e.Value}"))) { IsCode = true },
                (
                    "Cores",
                    found.RequiredCores == 0 ? "any" : Show.Number(found.RequiredCores)), ("Memory", Show.Bytes(found.RequiredMemoryBytes)),
                (
                    "GPUs",
                    found.RequiredGpus is { } gpus && gpus.ToString() is not ("[]" or "") and var text
                        ? text
                        : null), ("Node", found.AssignedNode),
                (
                    "Submitted",
                    Show.Time(found.SubmittedAt)), ("Started", Show.Time(found.StartedAt)), ("Ended", Show.Time(found.CompletedAt)),
                ("Exit code", Show.Number(found.ExitCode)), ("Approval", found.ApprovalStatus), ("Decided by", found.ApprovedBy),
                ("Reason", found.RejectionReason)));
        });
    }

    private static CliCommand Logs()
    {
        var task = GlobalOptions.Named("task", "The task's id.", "tasks", "task_id");
        var follow =
            new Option<bool>("--follow", "-f") { Description = "Continue showing output until the task ends, and end with its exit code." };
        var onlyErrors = new Option<bool>("--stderr", "-e") { Hidden = true };
        var raw = GlobalOptions.Flag("--raw", "Print escape sequences unchanged on a terminal. Only for output you trust.");
        return new CliCommand(
            "logs", "Show a task's output: its standard output on standard output, its standard error on standard error.",
            "kohakuriver tasks logs 1234 --follow").With(task, follow, raw, onlyErrors)
            .Does((run, cancellationToken) =>
        {
            var wanted = new LogsWanted(run.Get(follow), run.Get(raw), run.Get(onlyErrors));
            var follower = new TaskFollower(run, run.Get(task));
            return wanted.Follow
                ? run.FollowAsync(stop => ShowLogsAsync(run, follower, wanted, stop), cancellationToken)
                : ShowLogsAsync(run, follower, wanted, cancellationToken);
        });
    }

    private static async Task<int> ShowLogsAsync(
        InvocationContext run, TaskFollower follower, LogsWanted wanted, CancellationToken cancellationToken)
    {
        var (shownOut, shownError) = (0, 0);
        var output = new TaskOutput(run, wanted.Raw);
        void ShowNew(ClusterTask now)
        {
            // The original shows one of the two, on standard output.
            var (stdout, stderr) = wanted.OnlyErrors ? (now.Stderr, null) : (now.Stdout, now.Stderr);
            output.Write(After(stdout, ref shownOut), After(stderr, ref shownError));
        }

        var task = wanted.Follow
            ? await follower.WaitAsync(run.Output.IsData ? _ => { } : ShowNew, isKnown: false, cancellationToken)
            : await follower.GetAsync(cancellationToken);
        if (run.Output.IsData)
        {
            run.Output.Json(new TaskLog(task.TaskId, task.Status, task.ExitCode, task.Stdout, task.Stderr));
        }
        else if (wanted.Follow)
        {
            output.End();
            run.Output.Note(TaskFollower.Ending(task));
        }
        else
        {
            ShowNew(task);
            output.End();
            if (task.Stdout is null && task.Stderr is null)
            {
                run.Output.Note($"Task {task.TaskId} is {task.Status.Replace('_', ' ')}; it has no output, or none you may see.");
            }
        }

        return wanted.Follow ? TaskFollower.ExitCodeOf(task) : ExitCodes.Done;
    }

    private static string? After(string? text, ref int shown)
    {
        var fresh = text is { } all && all.Length > shown ? all[shown..] : null;
        shown = Math.Max(shown, text?.Length ?? 0);
        return fresh;
    }

    /// <param name="TaskId">The task's id.</param>
    /// <param name="Status">The task's state.</param>
    /// <param name="ExitCode">The exit code; null until it has ended.</param>
    /// <param name="Stdout">Its output; null where there is none, or none the caller may see.</param>
    /// <param name="Stderr">Its error output; null likewise.</param>
    internal sealed record TaskLog(string TaskId, string Status, int? ExitCode, string? Stdout, string? Stderr);

    /// <param name="Follow">Until the task ends.</param>
    /// <param name="Raw">With its escape sequences.</param>
    /// <param name="OnlyErrors">Its standard error, in place of its standard output.</param>
    private sealed record LogsWanted(bool Follow, bool Raw, bool OnlyErrors);
}
