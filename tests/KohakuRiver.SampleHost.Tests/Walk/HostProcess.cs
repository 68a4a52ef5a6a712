using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KohakuRiver.SampleHost.Tests.Walk;

/// <summary>
/// A sample as people run it, the sample host where nothing else is said: a process of its own, real sockets, a database in a new folder.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(string program, string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> through)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] command = [.. through, "dotnet"];
        var info = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.ArgumentList.Add(program);
        if (!environment.ContainsKey("ASPNETCORE_URLS"))
        {
            info.ArgumentList.Add("--urls");
            info.ArgumentList.Add(Address.ToString());
        }

        info.Environment["KOHAKU_AUTH_DB"] = Path.Combine(folder, "walk.db");
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        process = new Process { StartInfo = info, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("The sample ended:\n" + Output));
    }

    /// <summary>The root of the repository.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Where it listens, unless its environment says so with <c>ASPNETCORE_URLS</c>.</summary>
    internal Uri Address { get; }

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

    /// <summary>A folder as the host sees it, where it has file systems of its own.</summary>
    internal string Through(string folder) => $"/proc/{process.Id}/root{folder}";

    /// <param name="folder">Where the host works and has its database.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="through">A program that ends by becoming the one that is named after it.</param>
    internal static Task<HostProcess> StartAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> through) =>
        StartAsync(new HostProcess(ProgramPath(), folder, environment, through));

    /// <summary>Another sample, without settings.</summary>
    internal static Task<HostProcess> StartAsync(string sample, string folder) =>
        StartAsync(new HostProcess(ProgramPath(sample), folder, new Dictionary<string, string>(StringComparer.Ordinal), []));

    private static async Task<HostProcess> StartAsync(HostProcess host)
    {
        host.process.Start();
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        try
        {
            await host.started.Task.WaitAsync(Patience);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it like an operator would (SIGTERM) and gives the exit code.</summary>
    internal async Task<int> StopAsync()
    {
        using (Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            using var limit = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(limit.Token);
        }

        return process.ExitCode;
    }

    /// <summary>Ends it like a power cut would.</summary>
    internal async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    internal static string ProgramPath(string sample = "KohakuRiver.SampleHost")
    {
        // The same configuration and framework as these tests, from the sample's own output: with its settings beside it.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Root, "samples", sample, "bin", here.Parent!.Name, here.Name, sample + ".dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("The sample is not built.", path);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "KohakuRiver.Auth.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("These tests run inside the repository.");
        }

        return root.FullName;
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

        if (line.Contains("Application started", StringComparison.Ordinal))
        {
            started.TrySetResult();
        }
    }
}
