using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using KohakuRiver.Tests.Shared;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace KohakuRiver.Tests.Shared;

/// <summary>
/// A throw-away server of the machine's own PostgreSQL, one for the whole run of a test project, on a free loopback port. Where none is
/// installed the tests that need it are skipped and say so; with KOHAKU_REQUIRE_ALL=1 they fail instead.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "kohaku_template";
    private static int databases;

    private readonly string? binaries = FindBinaries();
    private readonly SemaphoreSlim starting = new(1, 1);
    private string? directory;
    private int port;

    /// <summary>A connection string to a database of the server, without a pool.</summary>
    public string ConnectionString(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Pooling=false;Timeout=30;Command Timeout=60");

    /// <summary>Makes a database with the tables in it, or an empty one, and says its name.</summary>
    public async Task<string> CreateDatabaseAsync(bool migrated)
    {
        await RequireAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {(migrated ? Template : "template0")}");
        return name;
    }

    public async Task DropDatabaseAsync(string name) => await ExecuteAsync("postgres", $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

    /// <summary>A further server with a life of its own, for tests that stop it.</summary>
    public static async Task<PostgresServer> StartAnotherAsync()
    {
        var server = new PostgresServer();
        await server.RequireAsync();
        return server;
    }

    /// <summary>Stops the server as an operator would who is in a hurry: connections are cut.</summary>
    public void Stop() => Run("pg_ctl", "-D", Data, "-m", "fast", "-w", "stop");

    /// <summary>Starts it again where it was.</summary>
    public void Start() => Run(
        "pg_ctl", "-D", Data, "-l", Path.Combine(directory!, "log"), "-w", "-t", "60", "-o",
        string.Create(
            CultureInfo.InvariantCulture,
            $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB"),
        "start");

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (directory is not null)
        {
            // A test that failed half way may have stopped it already; its own message is the one to read.
            if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            {
                Run("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            }

            Directory.Delete(directory, recursive: true);
            directory = null;
        }

        starting.Dispose();
    }

    private string Data => Path.Combine(directory!, "data");

    private async Task RequireAsync()
    {
        if (binaries is null)
        {
            const string Reason = "No PostgreSQL server is installed (/usr/lib/postgresql/*/bin).";
            if (Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1")
            {
                Assert.Fail(Reason);
            }

            Assert.Skip(Reason);
        }

        await starting.WaitAsync();
        try
        {
            if (directory is null)
            {
                await StartFirstAsync();
            }
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task StartFirstAsync()
    {
        directory = Directory.CreateTempSubdirectory("kohaku-postgres-").FullName;
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            RunPlain("chown", "postgres", directory);
        }

        port = FreePort();
        Run("initdb", "-D", Data, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8");
        Start();
        await ExecuteAsync("postgres", $"CREATE DATABASE {Template}");
        await using var stores = new PostgreSqlStoreSet(
            new PostgreSqlStoreOptions { ConnectionString = ConnectionString(Template), CommandTimeout = TimeSpan.FromMinutes(1) });
        await stores.InitializeAsync(CancellationToken.None);
    }

    private void Run(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries!, program);
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
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
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
