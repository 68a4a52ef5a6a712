using System.Diagnostics;
using System.Text;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>A web program as a process of its own on a free port, in an empty folder that its database falls into.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("kohakuriver-host-");
    private readonly TaskCompletionSource<Uri> setupLink = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder output = new();
    private readonly Process process;

    private RunningHost(string program)
    {
        var info = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KohakuAuth__Passwords__WorkFactor"] = "10" },
        };
        process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) => setupLink.TrySetException(new InvalidOperationException("The host ended:\n" + Output));
    }

    /// <summary>The link that the host has printed.</summary>
    internal Uri SetupLink => setupLink.Task.Result;

    internal string Folder => folder.FullName;

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

    internal static async Task<RunningHost> StartAsync(string program)
    {
        var host = new RunningHost(program);
        try
        {
            host.process.Start();
            host.process.BeginOutputReadLine();
            host.process.BeginErrorReadLine();
            await host.setupLink.Task.WaitAsync(Patience, TimeProvider.System);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Delete(recursive: true);
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

        if (line.Contains("/setup?code=", StringComparison.Ordinal) && Uri.TryCreate(line.Trim(), UriKind.Absolute, out var link))
        {
            setupLink.TrySetResult(link);
        }
    }
}
