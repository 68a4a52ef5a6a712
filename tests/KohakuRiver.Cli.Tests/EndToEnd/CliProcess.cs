using System.Diagnostics;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The command as a process of its own.</summary>
internal static class CliProcess
{
    internal static Task<CliRun> RunAsync(TestCli cli, string input, params string[] arguments) =>
        RunProgramAsync(cli, "dotnet", input, [Built.PathOf("Cli"), .. arguments]);

    /// <summary>As a process that starts in this folder.</summary>
    internal static Task<CliRun> RunInAsync(string folder, TestCli cli, params string[] arguments)
    {
        var info = Info(cli, "dotnet", [Built.PathOf("Cli"), .. arguments]);
        info.WorkingDirectory = folder;
        return RunAsync(info, "");
    }

    /// <summary>Any program, in the surroundings of this machine.</summary>
    internal static Task<CliRun> RunProgramAsync(TestCli cli, string program, string input, params string[] arguments) =>
        RunAsync(Info(cli, program, arguments), input);

    private static async Task<CliRun> RunAsync(ProcessStartInfo info, string input)
    {
        using var process = Process.Start(info)!;
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
