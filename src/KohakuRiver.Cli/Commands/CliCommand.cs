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
            return await action(run, cancellationToken);
        });
        return this;
    }
}
