using System.Text;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver version</c>, which is <c>--version</c> for those who look for a command.</summary>
internal static class VersionCommand
{
    /// <summary>
    /// <c>--version</c> and nothing else, as scripts and completions ask for it: answered without the command line's parser and the
    /// terminal, which would take as long as the program's start.
    /// </summary>
    /// <returns>The exit code; null where something else was asked for.</returns>
    internal static int? Answer(string[] typed)
    {
        if (typed is not ["--version"])
        {
            return null;
        }

        try
        {
            using var output = StandardOutput.Open();
            output.Write(Encoding.ASCII.GetBytes(ProgramVersion.Text + Environment.NewLine));
            return ExitCodes.Done;
        }
        catch (IOException fault) when (StandardOutput.IsClosed(fault))
        {
            return ExitCodes.OutputClosed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            ErrorReport.Write(Console.Error, CliException.Failed(fault.Message), asJson: false);
            return ExitCodes.Failed;
        }
    }

    internal static CliCommand Build() => new CliCommand("version", "Show the version of this program.", "kohakuriver version")
        .Does((run, _) =>
    {
        run.Output.Value(new VersionShown(ProgramVersion.Text), () => run.Output.Line(ProgramVersion.Text));
        return Task.CompletedTask;
    });

    /// <param name="Version">The version.</param>
    internal sealed record VersionShown(string Version);
}
