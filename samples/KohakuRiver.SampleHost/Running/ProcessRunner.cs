using System.ComponentModel;
using System.Diagnostics;

namespace KohakuRiver.SampleHost;

/// <summary>
/// Runs one process of the allow-list: no shell, its own environment, its own empty folder, a time limit and an output limit.
/// </summary>
internal sealed partial class ProcessRunner(TimeProvider clock, ILogger<ProcessRunner> logger)
{
    // A process is over when it has exited; pipes still held open by a child are not waited for.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(5);

    /// <summary>Runs it to its end. Cancelling <paramref name="kill"/> stops the process and everything it started.</summary>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken kill)
    {
        var folder = Directory.CreateTempSubdirectory("kohakuriver-task-");
        try
        {
            using var process = new Process { StartInfo = Describe(request, folder.FullName) };
            try
            {
                process.Start();
            }
            catch (Win32Exception e)
            {
                LogNotStarted(request.Executable, e);
                return RunResult.NotStarted("The program could not be started.");
            }

            return await FollowAsync(process, request, kill);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static ProcessStartInfo Describe(RunRequest request, string folder)
    {
        var start = new ProcessStartInfo(request.Executable)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // This process's own environment holds the host's secrets.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["HOME"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var (name, value) in request.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task<RunResult> FollowAsync(Process process, RunRequest request, CancellationToken kill)
    {
        process.StandardInput.Close();
        var stdout = new BoundedOutput(request.OutputLimit);
        var stderr = new BoundedOutput(request.OutputLimit);
        var reading = Task.WhenAll(stdout.ReadAsync(process.StandardOutput.BaseStream), stderr.ReadAsync(process.StandardError.BaseStream));

        var end = await WaitAsync(process, request.TimeLimit, kill);
        await Task.WhenAny(reading, Task.Delay(OutputGrace, clock, CancellationToken.None));
        var result = new RunResult(end, process.ExitCode, stdout.Read(), stderr.Read());
        return end switch
        {
            RunEnd.TimedOut => result.Because($"Stopped after the time limit of {request.TimeLimit}."),
            RunEnd.Exited when process.ExitCode != 0 => result with { Error = $"The command ended with exit code {process.ExitCode}." },
            _ => result,
        };
    }

    private async Task<RunEnd> WaitAsync(Process process, TimeSpan timeLimit, CancellationToken kill)
    {
        using var limit = new CancellationTokenSource(timeLimit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(kill, limit.Token);
        try
        {
            await process.WaitForExitAsync(stop.Token);
            return RunEnd.Exited;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return kill.IsCancellationRequested ? RunEnd.Killed : RunEnd.TimedOut;
        }
    }

    private void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(folder.FullName, e);
        }
    }

    [LoggerMessage(3003, LogLevel.Warning, "{Executable} could not be started")]
    private partial void LogNotStarted(string executable, Exception exception);

    [LoggerMessage(3004, LogLevel.Warning, "The working folder {Folder} could not be removed")]
    private partial void LogNotRemoved(string folder, Exception exception);
}

/// <summary>One process to run.</summary>
/// <param name="Executable">An absolute path of <see cref="ExecutableList"/>.</param>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="Environment">Its environment variables, in addition to a search path, a home and a language.</param>
/// <param name="TimeLimit">It is stopped after this.</param>
/// <param name="OutputLimit">Bytes kept of each output stream.</param>
internal sealed record RunRequest(
    string Executable, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, TimeSpan TimeLimit,
    int OutputLimit);

/// <summary>The result of a process.</summary>
internal sealed record RunResult(RunEnd End, int? ExitCode, string Stdout, string Stderr)
{
    /// <summary>Why it did not complete, in one sentence; null where it did, or was stopped on purpose.</summary>
    public string? Error { get; init; }

    public static RunResult NotStarted(string why) => new RunResult(RunEnd.NotStarted, null, "", "").Because(why);

    /// <summary>The same with a reason of this host's, which the output ends with.</summary>
    public RunResult Because(string why) => this with { Error = why, Stderr = $"{Stderr}[{why}]\n" };
}

/// <summary>How a process ended.</summary>
internal enum RunEnd
{
    /// <summary>By itself.</summary>
    Exited,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It was stopped.</summary>
    Killed,

    /// <summary>It could not be started.</summary>
    NotStarted,
}
