using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KohakuRiver.Cli;

/// <summary><c>--jq</c>: a result through the program jq, which has to be installed; strings come without quotes, as by <c>jq
/// -r</c>.</summary>
internal static class JqProgram
{
    private const string Name = "jq";

    /// <summary>Throws a usage error where there is no jq, or for a filter that it does not understand.</summary>
    internal static void Check(string filter)
    {
        // As the body of a function it is read, and not run.
        var (code, _, errors) = Start(["-n", $"def filter: ({filter}\n); empty"], "");
        if (code != 0)
        {
            throw CliException.Usage($"--jq: {FirstLine(errors)}");
        }
    }

    /// <summary>What jq makes of the result.</summary>
    internal static string Run(string filter, string json, bool isLine)
    {
        var (code, output, errors) = Start([isLine ? "-rc" : "-r", filter], json);
        return code == 0 ? output : throw CliException.Failed($"--jq: {FirstLine(errors)}");
    }

    private static (int Code, string Output, string Errors) Start(string[] arguments, string input)
    {
        var program = Programs.Find(Name) ?? throw CliException.Usage(
            "--jq needs the program jq, which is not installed. Install it, or use --query with a JMESPath expression.");
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = text,
            StandardOutputEncoding = text,
        };

        // It gets the result, and not the means to fetch another one.
        info.Environment.Remove("KOHAKU_TOKEN");
        try
        {
            using var process = Process.Start(info)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it had read everything; its exit code says whether that was well.
            }

            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception fault)
        {
            throw CliException.Usage($"--jq: {program} cannot be started: {fault.Message}");
        }
    }

    private static string FirstLine(string errors) =>
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "jq failed.";
}
