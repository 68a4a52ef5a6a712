using KohakuRiver.Tests.Shared;
using Npgsql;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>A throw-away server with room for millions of rows and counters of its statements.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "fsync=off", "shared_buffers=512MB", "max_wal_size=8GB", "maintenance_work_mem=256MB", "max_connections=200",
        "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_utility=off",
    ];

    private readonly PostgresProcess process;

    private PostgresServer(PostgresProcess process) => this.process = process;

    /// <summary>Starts a server; null where none is installed.</summary>
    public static PostgresServer? TryStart() => PostgresProcess.TryStart(Settings) is { } process ? new PostgresServer(process) : null;

    public string ConnectionString(string database) => process.ConnectionString(database) + ";Command Timeout=3600";

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
            "SELECT COALESCE(SUM(calls), 0)::bigint FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = "
                + "current_database()) AND query NOT LIKE '%pg_stat_statements%'",
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
        process.Dispose();
        return ValueTask.CompletedTask;
    }
}
