using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KohakuRiver.Cli;

/// <summary>
/// The standard help, followed by the command's examples and, for groups of commands, by what holds for all of them: variables and exit
/// codes.
/// </summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    internal static (string Name, string Meaning)[] Variables { get; } =
    [
        ("KOHAKU_HOST", "the host, where --host is not there"), (
            "KOHAKU_TOKEN", "the API token, for a host named by KOHAKU_HOST or --host"),
        ("KOHAKU_HOME", "the folder of auth.json (default: ~/.kohakuriver)"), ("SSL_CERT_FILE", "certificate authorities of your own"),
        ("HTTPS_PROXY, NO_PROXY", "the proxy, and the hosts without it"), ("NO_COLOR, FORCE_COLOR", "never or always colours"),
        ("KOHAKU_DEBUG", "1: details of errors of this program"),
    ];

    internal static (string Name, string Meaning)[] Codes { get; } =
    [
        ("0", "done"), ("1", "refused or failed"), ("2", "wrong usage, or input is needed without a terminal"), ("3", "not logged in"),
        ("4", "the host cannot be reached"), ("124", "tasks wait: the time is up"), ("130", "ended by Ctrl-C"), (
            "141", "nobody reads the output any more"),
        ("other", "of the task or command itself (tasks submit --wait, tasks logs --follow, vps exec)"),
    ];

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;

        // The standard help shows nothing at all for a command that is hidden, and whoever asks for help on one knows of it.
        command.Hidden = false;
        output.Write(UsualHelp(parseResult));
        if (command is CliCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        if (command.Subcommands.Any(c => !c.Hidden))
        {
            Write(output, "Environment:", Variables);
            Write(output, "Exit codes:", Codes);
        }

        return ExitCodes.Done;
    }

    // A command's own option stands for the one of the same name that all commands have, and the standard help shows both.
    private string UsualHelp(ParseResult parseResult)
    {
        var surroundings = parseResult.InvocationConfiguration;
        var output = surroundings.Output;
        using var text = new StringWriter();
        surroundings.Output = text;
        usual.Invoke(parseResult);
        surroundings.Output = output;
        var command = parseResult.CommandResult.Command;
        if (command.Options.All(o => o == GlobalOptions.TimeoutSeconds || o.Name != GlobalOptions.TimeoutSeconds.Name))
        {
            return text.ToString();
        }

        var hidden = $"  {GlobalOptions.TimeoutSeconds.Name} <{GlobalOptions.TimeoutSeconds.HelpName}>";
        return string.Join('\n', text.ToString().Split('\n').Where(l => !l.StartsWith(hidden, StringComparison.Ordinal)));
    }

    private static void Write(TextWriter output, string title, (string Name, string Meaning)[] rows)
    {
        output.WriteLine(title);
        var width = rows.Max(r => r.Name.Length);
        foreach (var (name, meaning) in rows)
        {
            output.WriteLine($"  {name.PadRight(width)}  {meaning}");
        }

        output.WriteLine();
    }
}
