using System.Diagnostics;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The command as a process of its own.</summary>
internal static class CliProcess
{
    internal static Task<CliRun> RunAsync(TestCli cli, string input, params string[] arguments) =>
        RunProgramAsync(cli, "dotnet", input, [Built.PathOf("Cli"), .. arguments]);

    /// <summary>Any program, in the surroundings of this machine.</summary>
    internal static async Task<CliRun> RunProgramAsync(TestCli cli, string program, string input, params string[] arguments)
    {
        using var process = Process.Start(Info(cli, program, arguments))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CliRun(process.ExitCode, await output, await errors);
    }

    internal static ProcessStartInfo Info(TestCli cli, string program, IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KOHAKU_HOME"] = cli.Folder },
        };
        foreach (var (name, value) in cli.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
