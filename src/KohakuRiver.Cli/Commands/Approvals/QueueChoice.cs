using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Which waiting tasks are decided on: those named, or all of them, of one user or of everybody.</summary>
internal sealed class QueueChoice
{
    private readonly Argument<string[]> tasks = new("task")
    {
        Description = "Task ids (-: those on standard input).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> all = GlobalOptions.Flag("--all", "All tasks that are waiting; shows them and asks.");
    private readonly Option<string?> from = GlobalOptions.Text("--from", "With --all: only this user's.", "USERNAME");
    private readonly Option<bool> yes = GlobalOptions.Yes();

    internal QueueChoice()
    {
        tasks.CompletionSources.AddNames("tasks/pending-approval", "task_id");
        from.CompletionSources.AddNames("tasks/pending-approval", "owner_username");
    }

    /// <summary>What is typed for it.</summary>
    internal IReadOnlyList<Symbol> Symbols => [tasks, all, from, yes];

    /// <summary>The ids, once whoever has to be asked has agreed. What comes into the queue after that is not among them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="verb">What will be done, as a question begins.</param>
    /// <param name="asksAlways">Whether it asks about tasks that were named, too.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async Task<string[]> IdsAsync(InvocationContext run, string verb, bool asksAlways, CancellationToken cancellationToken)
    {
        var named = run.Get(tasks);
        if (run.Get(all) == named.Length > 0)
        {
            throw CliException.Usage(named.Length > 0
                ? "Specify task ids, or --all."
                : $"<task> is missing: {tasks.Description} Or: --all, --all --from USERNAME.");
        }

        if (named.Length > 0)
        {
            if (run.Has(from))
            {
                throw CliException.Usage("--from goes with --all.");
            }

            var ids = run.Items(named);
            if (asksAlways && ids.Length > 0)
            {
                run.Confirm(yes, $"{verb} {Show.Counted("task", ids)}");
            }

            return ids;
        }

        var waiting = (await run.ListAsync<Approval>("tasks/pending-approval", null, cancellationToken))
            .Where(a => run.Get(from) is not { } user || string.Equals(a.OwnerUsername, user, StringComparison.OrdinalIgnoreCase))
            .OrderBy(a => a.SubmittedAt)
            .ToList();
        if (waiting.Count == 0)
        {
            run.Output.Note($"No tasks{(run.Get(from) is { } name ? " of " + name : "")} are waiting for approval.");
            return [];
        }

        if (run.Terminal.CanAsk && !run.Get(yes))
        {
            run.Output.Preview(waiting, ApprovalCommands.Columns);
        }

        run.Confirm(yes, waiting.Count == 1 ? $"{verb} this task" : $"{verb} these {waiting.Count} tasks");
        return [.. waiting.Select(a => a.TaskId)];
    }
}
