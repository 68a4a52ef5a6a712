using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>A throw-away server of the machine's own PostgreSQL on a free loopback port, with counters of its statements.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string binaries;
    private readonly string directory = Directory.CreateTempSubdirectory("kohaku-postgres-").FullName;
    private readonly int port;

    private PostgresServer(string binaries)
    {
        this.binaries = binaries;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Data => Path.Combine(directory, "data");

    /// <summary>Starts a server; null where none is installed.</summary>
    public static PostgresServer? TryStart()
    {
        const string Installed = "/usr/lib/postgresql";
        var tools = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed).Select(v => Path.Combine(v, "bin"))
                .Where(b => File.Exists(Path.Combine(b, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
            : null;
        if (tools is null)
        {
            return null;
        }

        var server = new PostgresServer(tools);
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            Run("chown", "postgres", server.directory);
        }

        server.RunTool("initdb", "-D", server.Data, "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8");
        server.RunTool(
            "pg_ctl", "-D", server.Data, "-l", Path.Combine(server.directory, "log"), "-w", "-t", "60", "-o",
            string.Create(
                CultureInfo.InvariantCulture,
                $"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={server.directory} -c fsync=off -c shared_buffers=512MB -c max_wal_size=8GB -c maintenance_work_mem=256MB -c max_connections=200 -c shared_preload_libraries=pg_stat_statements -c pg_stat_statements.track_utility=off"),
            "start");
        return server;
    }

    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Command Timeout=3600");

    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        await ExecuteAsync(name, "CREATE EXTENSION pg_stat_statements");
        return ConnectionString(name);
    }

    /// <summary>How many statements the database has run for others than this counter.</summary>
    public async Task<long> CountStatementsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT COALESCE(SUM(calls), 0)::bigint FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND query NOT LIKE '%pg_stat_statements%'",
            connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        RunTool("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        Directory.Delete(directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void RunTool(string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        if (Environment.UserName == "root")
        {
            Run("runuser", ["-u", "postgres", "--", path, .. arguments]);
        }
        else
        {
            Run(path, arguments);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output goes to a null device: a server started through a pipe would keep it open.
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }
}
