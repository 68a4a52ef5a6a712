using System.Diagnostics;
using System.Text;

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>
/// A web program as a process of its own on free ports, in a folder that its database falls into: an empty one, or that of another that
/// has ended.
/// </summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly DirectoryInfo folder;
    private readonly bool isFolderKept;
    private readonly TaskCompletionSource<Uri> setupLink = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Uri> addresses = [];
    private readonly StringBuilder output = new();
    private readonly Process process;

    private RunningHost(string program, string? folder, IEnumerable<(string Name, string Value)> settings)
    {
        this.folder = folder is null ? Directory.CreateTempSubdirectory("kohakuriver-host-") : new DirectoryInfo(folder);
        isFolderKept = folder is not null;
        var info = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = this.folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["KohakuAuth__Passwords__WorkFactor"] = "10" },
        };
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Exited += (_, _) =>
        {
            var ended = new InvalidOperationException("The host ended:\n" + Output);
            setupLink.TrySetException(ended);
            started.TrySetException(ended);
        };
    }

    /// <summary>The link that the host has printed.</summary>
    internal Uri SetupLink => setupLink.Task.Result;

    /// <summary>Where it listens, in the order in which it said so.</summary>
    internal IReadOnlyList<Uri> Addresses
    {
        get
        {
            lock (output)
            {
                return [.. addresses];
            }
        }
    }

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

    /// <summary>A host that prints a setup link.</summary>
    internal static async Task<RunningHost> StartAsync(string program)
    {
        var host = await StartAsync(program, folder: null);
        try
        {
            await host.setupLink.Task.WaitAsync(Patience, TimeProvider.System);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>A host that has its own first people.</summary>
    /// <param name="program">The path of the program.</param>
    /// <param name="folder">Where another one ran that has ended; null = an empty one, removed with this.</param>
    /// <param name="settings">Environment variables.</param>
    internal static async Task<RunningHost> StartAsync(
        string program, string? folder, params IEnumerable<(string Name, string Value)> settings)
    {
        var host = new RunningHost(program, folder, settings);
        try
        {
            host.process.Start();
            host.process.BeginOutputReadLine();
            host.process.BeginErrorReadLine();
            await host.started.Task.WaitAsync(Patience, TimeProvider.System);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it as a crash does, and leaves its folder.</summary>
    internal async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        if (!isFolderKept)
        {
            folder.Delete(recursive: true);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        const string listening = "Now listening on: ";
        lock (output)
        {
            output.AppendLine(line);
            if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                addresses.Add(new Uri(line[(at + listening.Length)..].Trim()));
            }
        }

        if (line.Contains("/setup?code=", StringComparison.Ordinal) && Uri.TryCreate(line.Trim(), UriKind.Absolute, out var link))
        {
            setupLink.TrySetResult(link);
        }

        if (line.Contains("Application started.", StringComparison.Ordinal))
        {
            started.TrySetResult();
        }
    }
}
