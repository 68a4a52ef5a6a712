using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace KohakuRiver.SampleHost.Tests;

public class ProcessRunnerTests
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("two  words")]
    [InlineData("$(id)")]
    [InlineData("`id`; id | id && id")]
    [InlineData("line one\nline two")]
    [InlineData("\"quoted\" 'too' \\ * ~ é")]
    [Trait("Requirement", "V1.2.5")]
    public async Task Argument_WithShellSyntax_ArrivesLiterally(string argument)
    {
        var result = await RunAsync("/usr/bin/echo", [argument, "second"]);

        Assert.Equal(RunEnd.Exited, result.End);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"{argument} second\n", result.Stdout);
    }

    [Fact]
    public async Task Output_BeyondLimit_IsCutAndSaysSo()
    {
        var result = await RunAsync("/usr/bin/seq", ["1", "200000"], outputLimit: 1024);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("1\n2\n3\n", result.Stdout, StringComparison.Ordinal);
        Assert.EndsWith("\n[output cut after 1024 bytes]\n", result.Stdout, StringComparison.Ordinal);
        Assert.InRange(result.Stdout.Length, 1024, 1100);
    }

    [Fact]
    public async Task Process_BeyondTimeLimit_IsStopped()
    {
        var started = Stopwatch.StartNew();

        var result = await RunAsync("/usr/bin/sleep", ["600"], timeLimit: TimeSpan.FromMilliseconds(200));

        Assert.Equal(RunEnd.TimedOut, result.End);
        Assert.Contains("time limit", result.Stderr, StringComparison.Ordinal);
        Assert.True(started.Elapsed < TimeSpan.FromMinutes(5), "The process outlived its limit.");
    }

    [Fact]
    public async Task Process_Killed_Ends()
    {
        using var kill = new CancellationTokenSource();
        var running = RunAsync("/usr/bin/sleep", ["600"], kill: kill.Token);

        await kill.CancelAsync();
        var result = await running;

        Assert.Equal(RunEnd.Killed, result.End);
        Assert.NotEqual(0, result.ExitCode);
    }

    [Fact]
    public async Task Environment_OfTheHost_IsNotPassedOn()
    {
        Environment.SetEnvironmentVariable("KOHAKU_SAMPLE_TEST_SECRET", "secret");

        var result = await RunAsync("/usr/bin/env", [], variables: new(StringComparer.Ordinal) { ["GIVEN"] = "a b" });

        var names = result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split('=')[0])
            .Order(StringComparer.Ordinal);
        Assert.Equal(["GIVEN", "HOME", "LANG", "PATH"], names);
        Assert.Contains("GIVEN=a b\n", result.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkingFolder_AfterTheRun_IsGone()
    {
        var result = await RunAsync("/usr/bin/pwd", []);

        var folder = result.Stdout.Trim();
        Assert.NotEqual(Environment.CurrentDirectory, folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Executable_ThatCannotStart_IsNotStarted()
    {
        var result = await RunAsync("/usr/bin/there-is-no-such-program", []);

        Assert.Equal(RunEnd.NotStarted, result.End);
        Assert.Null(result.ExitCode);
    }

    [Fact]
    public async Task Process_ThatFails_GivesItsExitCode()
    {
        var result = await RunAsync("/usr/bin/sleep", ["forever and ever"]);

        Assert.Equal(RunEnd.Exited, result.End);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("invalid time interval", result.Stderr, StringComparison.Ordinal);
    }

    private static Task<RunResult> RunAsync(
        string executable, string[] arguments, Dictionary<string, string>? variables = null, TimeSpan? timeLimit = null,
        int outputLimit = 1024 * 1024, CancellationToken kill = default) =>
        new ProcessRunner(TimeProvider.System, NullLogger<ProcessRunner>.Instance).RunAsync(
            new RunRequest(executable, arguments, variables ?? NoVariables, timeLimit ?? TimeSpan.FromMinutes(2), outputLimit), kill);
}
