namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver approvals</c>.</summary>
internal static class ApprovalCommands
{
    internal static CliCommand Build() =>
        new CliCommand("approvals", "Decide on tasks that are waiting for approval.", "kohakuriver approvals list")
        .With(List(), History(), Approve(), Reject(), Withdraw(), ApprovalWatch.Build());

    /// <summary>What a decider needs to know about a waiting task.</summary>
    internal static IReadOnlyList<Column<Approval>> Columns { get; } =
    [
        new("Task", a => a.TaskId), new("From", a => a.OwnerUsername), new(
            "Command", a => Show.CommandLine(a.Command, a.Arguments)) { Folds = true, IsCode = true },
        new("Cores", a => a.RequiredCores == 0 ? "any" : Show.Number(a.RequiredCores)) { IsNumber = true }, new(
            "Memory", a => Show.Bytes(a.RequiredMemoryBytes)) { IsNumber = true },
        new("GPUs", a => Show.Joined(a.RequiredGpus?.Select(g => Show.Number(g)))) { Folds = true }, new(
            "Node", a => a.TargetNode) { IsCode = true },
        new("Details", a => Show.Joined(a.Details?.Select(d => d.Value is null ? $"{d.Key} (secret)" : $"{d.Key}={d.Value}")))
        {
            Folds = true, IsCode = true,
        },
        new("Submitted", a => Show.Time(a.SubmittedAt)) { Time = a => a.SubmittedAt, Drop = 9 },
    ];

    private static CliCommand List()
    {
        var limit = GlobalOptions.Limit();
        return new CliCommand(
            "list", "List the tasks that are waiting for approval.", "kohakuriver approvals list --json").ShowsLongList(limit)
            .Does(async (run, cancellationToken) =>
            run.Output.List(
                await run.ListAsync<Approval>("tasks/pending-approval", run.Most(limit), cancellationToken),
                "No tasks are waiting for approval.", Columns));
    }

    private static CliCommand History()
    {
        var status = GlobalOptions.Text("--status", "Only this status: pending_approval, approved, rejected or withdrawn.", "STATUS")
            .Offering("pending_approval", "approved", "rejected", "withdrawn");
        var limit = GlobalOptions.Limit();
        return new CliCommand(
            "history",
            "List submissions and decisions; operators see all, others their own.",
            "kohakuriver approvals history --status rejected --limit 20")
            .With(status).ShowsLongList(limit).Does(async (run, cancellationToken) => run.Output.List(
                await run.ListAsync<Approval>(
                    "approvals",
                    run.Most(limit),
                    cancellationToken,
                    new KeyValuePair<string,
                    string?>("status", run.Get(status))), "No submissions.",
                new Column<Approval>("Task", a => a.TaskId), new(
                    "From", a => a.OwnerUsername), new("Command", WhatIsLeft) { Folds = true, IsCode = true },
                new("Status", a => a.Status) { IsState = true },
                new("By", a => a.DecidedBy) { Drop = 8 }, new("Decided", a => Show.Time(a.DecidedAt)) { Time = a => a.DecidedAt, Drop = 7 },
                new("Reason", a => a.RejectionReason) { Folds = true, Drop = 6 },
                new("Submitted", a => Show.Time(a.SubmittedAt)) { Time = a => a.SubmittedAt, Drop = 9 }));
    }

    // An empty list would look like a command without arguments.
    private static string? WhatIsLeft(Approval approval) => Show.CommandLine(approval.Command, approval.Arguments)
        + (approval.Arguments is null ? " (arguments removed after retention)" : "");

    private static CliCommand Approve()
    {
        var choice = new QueueChoice();
        return new CliCommand(
            "approve", "Approve tasks so that they can run.", "kohakuriver approvals approve 1234",
            "kohakuriver approvals approve --all --from ann").With(choice.Symbols)
            .Does(async (run, cancellationToken) => await EachAsync(
                run, await choice.IdsAsync(run, "Approve", asksAlways: false, cancellationToken),
                id => run.Api.PostAsync<TaskMessage>($"approve/{Uri.EscapeDataString(id)}", null, cancellationToken), "approved",
                cancellationToken));
    }

    private static CliCommand Reject()
    {
        var choice = new QueueChoice();
        var reason = GlobalOptions.Text("--reason", "The reason; the submitter sees it.", "TEXT");
        return new CliCommand(
            "reject", "Reject tasks; they will never run.", "kohakuriver approvals reject 1234 --reason 'Needs fewer GPUs'",
            "kohakuriver approvals reject --all --from ann --reason 'The project has ended'")
            .With(choice.Symbols).With(reason)
            .Does(async (run, cancellationToken) => await EachAsync(
                run, await choice.IdsAsync(run, "Reject", asksAlways: true, cancellationToken),
                id => run.Api.PostAsync<TaskMessage>(
                    $"reject/{Uri.EscapeDataString(id)}", run.Get(reason) is { } why ? new Rejection(why) : null, cancellationToken),
                "rejected", cancellationToken));
    }

    private static CliCommand Withdraw()
    {
        var tasks = GlobalOptions.Several("task", "Task ids (-: those on standard input).");
        tasks.CompletionSources.AddNames("tasks/pending-approval", "task_id");
        var yes = GlobalOptions.Yes();
        return new CliCommand("withdraw", "Withdraw your own tasks while they are waiting.", "kohakuriver approvals withdraw 1234")
            .With(tasks, yes)
            .Does((run, cancellationToken) =>
        {
            var ids = run.Items(run.Get(tasks));
            run.Confirm(yes, "Withdraw " + Show.Counted("task", ids));
            return EachAsync(
                run,
                ids,
                id => run.Api.PostAsync<TaskMessage>($"withdraw/{Uri.EscapeDataString(id)}", null, cancellationToken),
                "withdrawn", cancellationToken);
        });
    }

    // One that is refused (someone else was faster) does not stop the others.
    private static Task<int> EachAsync(
        InvocationContext run, string[] ids, Func<string, Task<TaskMessage>> decide, string done, CancellationToken cancellationToken) =>
        Bulk.RunAsync(
            run, ids, id => "task " + id,
            async id =>
            {
                var answer = await InvocationContext.OrMissingAsync(
                    decide(id), $"There is no task '{id}' that you may decide on or withdraw. List them: kohakuriver approvals list");
                return (new TaskResult(answer.TaskId, done, answer.Message), $"Task {answer.TaskId} {done}.");
            },
            (id, why) => new TaskResult(id, Bulk.Failed, why), cancellationToken);
}
