using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace KohakuRiver.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CliApp
{
    // "@file" is an argument like any other here, and -yn is not a bundle of switches.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellationToken)
    {
        // Without arguments, it shows what it can do.
        var parse = BuildRoot().Parse(arguments.Count > 0 ? arguments : ["--help"], Parsing);
        if (parse.Action is not HelpWithExamples && AdviceOn(parse) is { } advice)
        {
            context.Terminal.Error.WriteLine("error: " + advice);
            return ExitCodes.Usage;
        }

        if (parse.Errors.Count > 0 && parse.Action is not HelpWithExamples)
        {
            return ShowUsageError(parse, context.Terminal);
        }

        if (parse.Action is not HelpWithExamples && MistypedOption(parse) is { } mistyped)
        {
            context.Terminal.Error.WriteLine(
                $"error: unknown option '{SafeText.Line(mistyped)}'. Put -- before arguments that start with a dash. "
                + $"See: {string.Join(' ', PathOf(parse.CommandResult.Command))} --help");
            return ExitCodes.Usage;
        }

        try
        {
            var surroundings = new CliInvocationConfiguration
            {
                Context = context,
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(surroundings, cancellationToken);
        }
        catch (CliException fault)
        {
            context.Terminal.Error.WriteLine("error: " + SafeText.Line(fault.Message));
            return fault.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Standard output closed by the next command of a pipe, a full disk, an export without write permission.
            context.Terminal.Error.WriteLine("error: " + SafeText.Line(fault.Message));
            return ExitCodes.Failed;
        }
        catch (Exception bug) when (string.IsNullOrEmpty(context.Environment("KOHAKU_DEBUG")))
        {
            context.Terminal.Error.WriteLine($"error: Unexpected error ({bug.GetType().Name}: "
                + $"{SafeText.Line(bug.Message)}). Set KOHAKU_DEBUG=1 to see the details, and report it.");
            return ExitCodes.Failed;
        }
    }

    internal static RootCommand BuildRoot()
    {
        var root = new RootCommand("The command line of a KohakuRiver host.")
        {
            GlobalOptions.Host,
            GlobalOptions.Json,
            GlobalOptions.TimeoutSeconds,
            GlobalOptions.FormerHost,
            GlobalOptions.FormerPort,
            GlobalOptions.FormerFormat,
        };
        foreach (var command in (ReadOnlySpan<Command>)
        [
            AuthCommands.Build(), UserCommands.Build(), GroupCommands.Build(), InvitationCommands.Build(), ApprovalCommands.Build(),
            TaskCommands.Build(), VpsCommands.Build(), NodeCommands.Build(), AuditCommands.Build(), SettingsCommands.Build(),
            CompletionCommand.Build(), VersionCommand.Build(),
        ])
        {
            root.Add(command);
        }

        FormerCommands.AddTo(root);
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction usual })
            {
                option.Action = new HelpWithExamples(usual);
            }
            else if (option is VersionOption)
            {
                option.Action = new ShowVersion();
            }
        }

        return root;
    }

    // What the original command line has and ours has not.
    private static string? AdviceOn(ParseResult parse) =>
        (parse.CommandResult.Command as GoneCommand)?.Advice
            ?? parse.CommandResult.Children.OfType<OptionResult>()
                .Select(r => r is { Implicit: false, Option: GoneOption gone } ? gone.Advice : null)
                .FirstOrDefault(a => a is not null);

    // The parser mistakes an unknown option for an argument: "users delete --force" would look for a user of that name.
    private static string? MistypedOption(ParseResult parse)
    {
        var typed = parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(a => a.Tokens)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return parse.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && typed.Contains(t))?.Value;
    }

    private static int ShowUsageError(ParseResult parse, ITerminal terminal)
    {
        var path = string.Join(' ', PathOf(parse.CommandResult.Command));
        var command = parse.CommandResult.Command;
        var isGroup = command.Subcommands.Count > 0 && command.Action is null;
        var choices = string.Join('|', command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
        var what = isGroup
            ? (
                parse.UnmatchedTokens.Count == 0
                    ? "Specify a command: "
                    : $"'{parse.UnmatchedTokens[0]}' is not a command: ") + $"{path} {choices}."
            : string.Join(' ', parse.Errors.Select(e =>
                string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Distinct(StringComparer.Ordinal));
        terminal.Error.WriteLine($"error: {SafeText.Line(what)} See: {path} --help");
        return ExitCodes.Usage;
    }

    private static IEnumerable<string> PathOf(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? ["kohakuriver"] : [.. PathOf(parent), command.Name];
    }

    private sealed class ShowVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ApiClient.Version);
            return ExitCodes.Done;
        }
    }
}
