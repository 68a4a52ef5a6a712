using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KohakuRiver.Cli;

/// <summary>The standard help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        // The standard help shows nothing at all for a command that is hidden, and whoever asks for help on one knows of it.
        parseResult.CommandResult.Command.Hidden = false;
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is CliCommand { Examples: { Count: > 0 } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return ExitCodes.Done;
    }
}
