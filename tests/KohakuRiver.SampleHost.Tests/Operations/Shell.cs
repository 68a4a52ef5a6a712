using System.Diagnostics;
using System.Text;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>Runs what a document prints, as somebody would who pastes it into a terminal.</summary>
/// <param name="folder">The working folder.</param>
internal sealed class Shell(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Variables that are set in it beside those of these tests.</summary>
    internal Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Folders that are searched for programs before all others.</summary>
    internal List<string> Programs { get; } = [];

    private string SearchPath => string.Join(':', [.. Programs, Environment.GetEnvironmentVariable("PATH"), "/usr/sbin", "/sbin"]);

    /// <summary>
    /// Skips the test where a program is not installed, which is said; with KOHAKU_REQUIRE_ALL=1 it fails.
    /// </summary>
    internal void Require(params IReadOnlyList<string> programs)
    {
        var missing = programs.Where(p => !SearchPath.Split(':').Any(folder => File.Exists(Path.Combine(folder, p)))).ToList();
        if (missing.Count > 0)
        {
            SkipOrFail($"Not installed: {string.Join(", ", missing)}.");
        }
    }

    /// <summary>Skips the test for a reason outside of it; with KOHAKU_REQUIRE_ALL=1 it fails.</summary>
    internal static void SkipOrFail(string reason)
    {
        if (Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    /// <summary>Runs lines that have to succeed, each of them; gives what they print.</summary>
    internal async Task<string> RunAsync(string lines)
    {
        var (exitCode, output) = await TryAsync(lines);
        Assert.True(exitCode == 0, $"Exit code {exitCode}:\n{lines}\n{output}");
        return output;
    }

    /// <summary>Runs lines until one of them fails.</summary>
    internal async Task<(int ExitCode, string Output)> TryAsync(string lines)
    {
        var output = new StringBuilder();
        using var process = Start(lines, line => output.AppendLine(line));
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, output.ToString());
    }

    /// <summary>Starts lines that do not end by themselves; the caller kills the process with all that it started.</summary>
    internal Process Start(string lines, Action<string> read)
    {
        var info = new ProcessStartInfo("/bin/sh", ["-e", "-c", lines])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
        {
            info.Environment[name] = value;
        }

        info.Environment["PATH"] = SearchPath;
        var process = new Process { StartInfo = info };
        var gate = new Lock();
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return process;

        void Read(string? line)
        {
            lock (gate)
            {
                if (line is not null)
                {
                    read(line);
                }
            }
        }
    }

    /// <summary>The variables that lines of the form <c>NAME=value</c> set, as a shell reads them.</summary>
    internal async Task<Dictionary<string, string>> ReadVariablesAsync(string lines)
    {
        var names = lines.Split('\n')
            .Where(l => l.Contains('=', StringComparison.Ordinal))
            .Select(l => l[..l.IndexOf('=', StringComparison.Ordinal)]);
        var printed = await RunAsync("set -a\n" + lines + "\n" + string.Concat(names.Select(n => $"printenv {n}\n")));
        return names.Zip(printed.Split('\n')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>Who may read or write a file, in octal.</summary>
    internal static string ModeOf(string file) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : Convert.ToString((int)File.GetUnixFileMode(file), 8);
}
