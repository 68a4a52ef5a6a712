using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>The sample host as people run it: a process of its own with a database in a new folder.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    public const string RegisterSecret = "benchmarks-register-secret-0123456789";

    /// <summary>The setting that says where the database is; without it the host has one of its own in a new folder.</summary>
    public const string DatabaseName = "KOHAKU_AUTH_DB";

    private const string ProgramName = "KohakuRiver.SampleHost.dll";

    private readonly TempFolder folder = new();
    private readonly Process process;

    private SampleHost(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Resident memory now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>What the processor has spent on the host so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the host and waits until <c>/api/health</c> answers.</summary>
    /// <returns>The host, and the time from the start of the process to that answer.</returns>
    public static Task<(SampleHost Host, TimeSpan Took)> StartAsync(params (string Name, string Value)[] environment) =>
        StartAsync(null, environment);

    /// <summary>The same with a published host, by its folder; null for the one built beside this program.</summary>
    public static async Task<(SampleHost Host, TimeSpan Took)> StartAsync(
        string? published, params (string Name, string Value)[] environment)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var info = new ProcessStartInfo(
            "dotnet", [published is null ? ProgramPath() : Path.Combine(published, ProgramName), "--urls", address.ToString()])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ADMIN_REGISTER_SECRET"] = RegisterSecret;
        var host = new SampleHost(new Process { StartInfo = info }, address);
        info.Environment[DatabaseName] = host.folder.File("host.db");
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        host.process.Start();

        // Read and thrown away, so that the host never waits for room to write.
        host.process.BeginOutputReadLine();
        host.process.BeginErrorReadLine();
        await host.WaitAsync(started);
        return (host, Stopwatch.GetElapsedTime(started));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        folder.Dispose();
    }

    private async Task WaitAsync(long started)
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/api/health", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1))
            {
                // Not listening yet.
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }
        }
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "KohakuRiver.Auth.sln")))
            {
                root = root.Parent ?? throw new InvalidOperationException("The benchmarks run inside the repository.");
            }

            return root.FullName;
        }
    }

    private static string ProgramPath()
    {
        // From the sample's own output, where its settings lie beside it; the same configuration and framework as this program.
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(Root, "samples", "KohakuRiver.SampleHost", "bin", here.Parent!.Name, here.Name, ProgramName);
        return File.Exists(path) ? path : throw new FileNotFoundException("The sample host is not built.", path);
    }
}
