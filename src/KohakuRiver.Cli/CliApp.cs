using System.CommandLine;
using System.CommandLine.Help;

namespace KohakuRiver.Cli;

/// <summary>From arguments to an exit code.</summary>
internal static class CliApp
{
    // "@file" is an argument like any other here, and -yn is not a bundle of switches.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    private static readonly (string Name, Func<CliCommand> Build)[] Commands =
    [
        ("auth", AuthCommands.Build), ("users", UserCommands.Build), ("groups", GroupCommands.Build),
        ("invitations", InvitationCommands.Build), ("approvals", ApprovalCommands.Build), ("tasks", TaskCommands.Build),
        ("vps", () => FormerCommands.AddToVps(VpsCommands.Build())), ("nodes", NodeCommands.Build), ("audit", AuditCommands.Build),
        ("settings", SettingsCommands.Build), ("api", ApiCommand.Build), ("doctor", DoctorCommand.Build),
        ("completion", CompletionCommand.Build), ("man", ManCommand.Build), ("version", VersionCommand.Build),
        (HelpCommand.Name, HelpCommand.Build),
    ];

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliContext context, CancellationToken cancellationToken)
    {
        if (Suggestions.AreWanted(arguments))
        {
            Suggestions.Print(BuildRoot(), arguments, Parsing, context);
            return ExitCodes.Done;
        }

        // Without arguments, it shows what it can do.
        var typed = HelpCommand.Unfold(arguments);
        var parse = BuildRoot(typed[0]).Parse(typed, Parsing);
        if (parse.Action is HelpWithExamples && parse.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith('-')) is not null
            && UsageErrors.UnknownCommand(parse) is { } unknown)
        {
            return Fault(CliException.Usage(unknown));
        }

        if (parse.Action is not HelpWithExamples && UsageErrors.Of(parse, arguments) is { } wrong)
        {
            return Fault(CliException.Usage(wrong));
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
            return Fault(fault);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (IOException fault) when (StandardOutput.IsClosed(fault))
        {
            return ExitCodes.OutputClosed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk, an export without write permission.
            return Fault(CliException.Failed(fault.Message));
        }
        catch (Exception bug) when (string.IsNullOrEmpty(context.Environment("KOHAKU_DEBUG")))
        {
            return Fault(CliException.Failed(
                $"Unexpected error ({bug.GetType().Name}: {bug.Message}). Set KOHAKU_DEBUG=1 to see the details, and report it."));
        }

        int Fault(CliException fault)
        {
            ErrorReport.Write(context.Terminal.Error, fault, GlobalOptions.WantsJsonErrors(parse));
            return fault.ExitCode;
        }
    }

    /// <summary>All commands.</summary>
    /// <param name="first">
    /// The first word of a command line that is to be parsed. Where it is one of our commands nothing else can be reached, and is not
    /// built.
    /// </param>
    internal static RootCommand BuildRoot(string? first = null)
    {
        var root = new RootCommand("The command line of a KohakuRiver host.")
        {
            GlobalOptions.Host,
            GlobalOptions.Json,
            GlobalOptions.Query,
            GlobalOptions.Jq,
            GlobalOptions.Template,
            GlobalOptions.Quiet,
            GlobalOptions.TimeoutSeconds,
            GlobalOptions.Account,
            GlobalOptions.CaFile,
            GlobalOptions.NoColour,
            GlobalOptions.FormerHost,
            GlobalOptions.FormerPort,
            GlobalOptions.FormerFormat,
        };
        if (Array.Find(Commands, c => c.Name == first).Build is { } only)
        {
            root.Add(only());
        }
        else
        {
            foreach (var (_, build) in Commands)
            {
                root.Add(build());
            }

            FormerCommands.AddTo(root);
        }

        Complete(root);
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

    // Every command has a form for its result. The parser would let "--json true" pass, and offer true and false after each switch.
    private static void Complete(Command command)
    {
        if (command.Action is not null && command.Options.All(o => o.Name != "--output"))
        {
            command.Add(new FormOption());
        }

        foreach (var flag in command.Options.OfType<Option<bool>>())
        {
            flag.Arity = ArgumentArity.Zero;
        }

        foreach (var below in command.Subcommands)
        {
            Complete(below);
        }
    }

    private sealed class ShowVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ProgramVersion.Text);
            return ExitCodes.Done;
        }
    }
}
