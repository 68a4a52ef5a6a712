using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>A command with examples for its help.</summary>
internal sealed class CliCommand : Command
{
    /// <param name="name">The name as typed.</param>
    /// <param name="description">The description, in one or two sentences.</param>
    /// <param name="examples">Complete command lines, shown by <c>--help</c>; at least one.</param>
    internal CliCommand(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description)
    {
        Examples = examples;
    }

    internal IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the options of commands that show a list.</summary>
    internal CliCommand ShowsList() => With(new FormOption(), new ColumnsOption(), new WatchOption());

    /// <summary>The same for lists that may be long.</summary>
    internal CliCommand ShowsLongList(Option<int?> limit) => ShowsList().With(limit, new AllRowsOption());

    /// <summary>The same command under the name that the original command line has for it, which is offered nowhere.</summary>
    internal CliCommand As(string name)
    {
        var former = new CliCommand(name, Description!, Examples) { Hidden = true, Action = Action };
        return former.With([.. Arguments, .. Options, .. Subcommands]);
    }

    /// <summary>Adds the original command line's spellings of an option.</summary>
    internal CliCommand Formerly<T>(Option<T> option, string name, params string[] others) =>
        With(new FormerOption<T>(option, name, others));

    /// <summary>Adds options of the original command line that have no counterpart; each with all its spellings.</summary>
    internal CliCommand WithGone(string advice, params IEnumerable<string[]> options) =>
        With([.. options.Select(names => new GoneOption(advice, names[0], names[1..]))]);

    /// <summary>Adds options and arguments, and returns the command.</summary>
    internal CliCommand With(params IReadOnlyList<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    Add(option);
                    break;
                case Argument argument:
                    Add(argument);
                    break;
                case Command command:
                    Add(command);
                    break;
            }
        }

        return this;
    }

    /// <summary>Sets the action. It succeeds (0) or throws a <see cref="CliException"/>.</summary>
    internal CliCommand Does(Func<InvocationContext, CancellationToken, Task> action) => Does(async (run, cancellationToken) =>
    {
        await action(run, cancellationToken);
        return ExitCodes.Done;
    });

    /// <summary>Sets the action, which returns the exit code.</summary>
    internal CliCommand Does(Func<InvocationContext, CancellationToken, Task<int>> action)
    {
        SetAction(async (parse, cancellationToken) =>
        {
            using var run = new InvocationContext(CliInvocationConfiguration.Of(parse), parse);
            run.Output.Format.Check();
            return GlobalOptions.OfCommand<WatchOption>(parse) is { } watch && run.Get(watch)
                ? await ListWatch.RunAsync(run, stop => action(run, stop), cancellationToken)
                : await action(run, cancellationToken);
        });
        return this;
    }
}
