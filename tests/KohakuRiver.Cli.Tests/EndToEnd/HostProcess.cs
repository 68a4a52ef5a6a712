using System.Diagnostics;
using System.Text;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The sample host as a process of its own on a free port, with a database in a folder of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kohaku-cli-host-");
    private readonly TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder output = new();
    private readonly Process process;

    private HostProcess(string? registerSecret)
    {
        var info = new ProcessStartInfo("dotnet", [Built.PathOf("SampleHost"), "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["KOHAKU_AUTH_DB"] = "Data Source=" + Path.Combine(folder.FullName, "river.db"),
                ["KohakuAuth__Passwords__WorkFactor"] = "10",
            },
        };
        if (registerSecret is not null)
        {
            info.Environment["ADMIN_REGISTER_SECRET"] = registerSecret;
        }

        process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("The sample host ended:\n" + Output));
    }

    internal string Address => address.Task.Result;

    internal string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    internal static async Task<HostProcess> StartAsync(string? registerSecret)
    {
        var host = new HostProcess(registerSecret);
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        await host.started.Task.WaitAsync(Patience);
        await host.address.Task.WaitAsync(Patience);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        var fell = process.HasExited ? $"The sample host ended by itself ({process.ExitCode}):\n{Output}" : null;
        if (fell is null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Delete(recursive: true);
        Assert.Null(fell);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.AppendLine(line);
        }

        if (line.IndexOf(Listening, StringComparison.Ordinal) is var at && at >= 0)
        {
            address.TrySetResult(line[(at + Listening.Length)..].Trim());
        }

        if (line.Contains("Application started", StringComparison.Ordinal))
        {
            started.TrySetResult();
        }
    }
}
