using System.CommandLine;
using System.CommandLine.Help;
using KohakuRiver.Cli.Api;
using KohakuRiver.Cli.Commands;
using KohakuRiver.Cli.Output;

namespace KohakuRiver.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CliApp
{
    // "@file" is an argument like any other here, and -yn is no bundle of switches.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken ct)
    {
        // Bare, it says what it can do.
        var parse = BuildRoot().Parse(arguments.Count > 0 ? arguments : ["--help"], Parsing);
        if (parse.Errors.Count > 0 && parse.Action is not HelpWithExamples)
        {
            return ShowUsageError(parse, context.Terminal);
        }

        try
        {
            var surroundings = new Surroundings
            {
                Context = context,
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(surroundings, ct);
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
        catch (IOException fault)
        {
            // Standard output closed by the next command of a pipe, a full disk, an export that may not be written.
            context.Terminal.Error.WriteLine("error: " + SafeText.Line(fault.Message));
            return ExitCodes.Failed;
        }
        catch (UnauthorizedAccessException fault)
        {
            context.Terminal.Error.WriteLine("error: " + SafeText.Line(fault.Message));
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
        };
        foreach (var command in (ReadOnlySpan<Command>)
        [
            AuthCommands.Build(), UserCommands.Build(), GroupCommands.Build(), InvitationCommands.Build(), ApprovalCommands.Build(),
            TaskCommands.Build(), VpsCommands.Build(), NodeCommands.Build(), AuditCommands.Build(), SettingsCommands.Build(),
            CompletionCommand.Build(),
        ])
        {
            root.Add(command);
        }

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

    private static int ShowUsageError(ParseResult parse, ITerminal terminal)
    {
        var path = string.Join(' ', PathOf(parse.CommandResult.Command));
        var command = parse.CommandResult.Command;
        var isGroup = command.Subcommands.Count > 0 && command.Action is null;
        var choices = string.Join('|', command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
        var what = isGroup
            ? (parse.UnmatchedTokens.Count == 0 ? "Say what to do: " : $"'{parse.UnmatchedTokens[0]}' is not a command: ") + $"{path} {choices}."
            : string.Join(' ', parse.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal));
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
