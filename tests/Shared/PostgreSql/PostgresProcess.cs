using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KohakuRiver.Tests.Shared;

/// <summary>A throw-away server of the machine's own PostgreSQL on a free loopback port, in a folder that goes with it.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private readonly string binaries;
    private readonly string settings;
    private readonly string directory = Directory.CreateTempSubdirectory("kohaku-postgres-").FullName;

    private PostgresProcess(string binaries, string settings)
    {
        this.binaries = binaries;
        this.settings = settings;
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            RunPlain("chown", "postgres", directory);
        }

        Run("initdb", "-D", Data, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8");
    }

    /// <summary>Where it listens.</summary>
    internal int Port { get; } = FreePort();

    /// <summary>Where the server's programs are.</summary>
    internal string Binaries => binaries;

    private string Data => Path.Combine(directory, "data");

    /// <summary>Makes a server and starts it; null where none is installed.</summary>
    /// <param name="settings">Further settings, such as <c>fsync=off</c>.</param>
    internal static PostgresProcess? TryStart(params IEnumerable<string> settings)
    {
        if (FindBinaries() is not { } binaries)
        {
            return null;
        }

        var server = new PostgresProcess(binaries, string.Concat(settings.Select(s => " -c " + s)));
        server.Start();
        return server;
    }

    /// <summary>A connection string to one of its databases.</summary>
    internal string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Database={database}");

    /// <summary>Starts it where it was.</summary>
    internal void Start() => Run(
        "pg_ctl", "-D", Data, "-l", Path.Combine(directory, "log"), "-w", "-t", "60", "-o",
        string.Create(
            CultureInfo.InvariantCulture, $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory}{settings}"),
        "start");

    /// <summary>
    /// Gives it a certificate and who may come how (<c>pg_hba.conf</c>), from the next start on; gives the path of the certificate.
    /// </summary>
    internal string Encrypt(string certificate, string key, string access)
    {
        File.WriteAllText(Path.Combine(Data, "server.crt"), certificate);
        File.WriteAllText(Path.Combine(Data, "server.key"), key);
        File.WriteAllText(Path.Combine(Data, "pg_hba.conf"), access);
        File.AppendAllText(Path.Combine(Data, "postgresql.conf"), "\nssl = on\n");
        RunPlain("chmod", "600", Path.Combine(Data, "server.key"));
        if (Environment.UserName == "root")
        {
            RunPlain("chown", "postgres", Path.Combine(Data, "server.crt"), Path.Combine(Data, "server.key"));
        }

        return Path.Combine(Data, "server.crt");
    }

    /// <summary>Stops it.</summary>
    /// <param name="mode"><c>fast</c> cuts the connections and closes well, <c>immediate</c> does not close well.</param>
    internal void Stop(string mode) => Run("pg_ctl", "-D", Data, "-m", mode, "-w", "stop");

    public void Dispose()
    {
        // It may have been stopped already, by a test that failed half way: that test's own message is the one to read.
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Stop("immediate");
        }

        Directory.Delete(directory, recursive: true);
    }

    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        if (Environment.UserName == "root")
        {
            RunPlain("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            RunPlain(path, arguments);
        }
    }

    private static void RunPlain(string program, params string[] arguments)
    {
        // Output goes to a null device: a server started through a pipe would keep it open.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "initdb")))
            .OrderByDescending(bin => bin, StringComparer.Ordinal)
            .FirstOrDefault()
        : null;
}
