using System.Globalization;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using KohakuRiver.Tests.Shared;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace KohakuRiver.Tests.Shared;

/// <summary>
/// A throw-away server, one for the whole run of a test project. Where none is installed the tests that need it are skipped and say so;
/// with KOHAKU_REQUIRE_ALL=1 they fail instead.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "kohaku_template";

    // Nothing of it need outlive a power cut.
    private static readonly string[] Settings =
        ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400", "shared_buffers=64MB"];
    private static int databases;

    private readonly SemaphoreSlim starting = new(1, 1);
    private PostgresProcess? process;

    /// <summary>A connection string to a database of the server, without a pool.</summary>
    public string ConnectionString(string database) => process!.ConnectionString(database) + ";Pooling=false;Timeout=30;Command Timeout=60";

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
    public void Stop() => process!.Stop("fast");

    /// <summary>Starts it again where it was.</summary>
    public void Start() => process!.Start();

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync()
    {
        process?.Dispose();
        process = null;
        starting.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RequireAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (process is not null)
            {
                return;
            }

            process = PostgresProcess.TryStart(Settings);
            if (process is not null)
            {
                await MakeTemplateAsync();
                return;
            }
        }
        finally
        {
            starting.Release();
        }

        const string Reason = "No PostgreSQL server is installed (/usr/lib/postgresql/*/bin).";
        if (Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1")
        {
            Assert.Fail(Reason);
        }

        Assert.Skip(Reason);
    }

    private async Task MakeTemplateAsync()
    {
        await ExecuteAsync("postgres", $"CREATE DATABASE {Template}");
        await using var stores = new PostgreSqlStoreSet(
            new PostgreSqlStoreOptions { ConnectionString = ConnectionString(Template), CommandTimeout = TimeSpan.FromMinutes(1) });
        await stores.InitializeAsync(CancellationToken.None);
    }
}
