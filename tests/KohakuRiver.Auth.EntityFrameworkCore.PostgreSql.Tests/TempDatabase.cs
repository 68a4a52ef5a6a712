using KohakuRiver.Auth.EntityFrameworkCore.Tests;
using KohakuRiver.Auth.Stores;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>A database of its own, with as many sets open on it as a test wants.</summary>
public sealed class TempDatabase(PostgresServer server, bool migrated = true) : ITestDatabase
{
    private readonly List<PostgreSqlStoreSet> sets = [];
    private string? name;

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public string Name => name ?? throw new InvalidOperationException("OpenAsync or MakeAsync makes the database.");

    public string ConnectionString => server.ConnectionString(Name);

    public static async Task<(TempDatabase Database, PostgreSqlStoreSet Stores)> CreateAsync(PostgresServer server)
    {
        var database = new TempDatabase(server);
        var stores = await database.OpenAsync();
        await stores.InitializeAsync(Ct);
        return (database, stores);
    }

    public async Task MakeAsync() => name ??= await server.CreateDatabaseAsync(migrated);

    /// <summary>A set with patience for a loaded machine; tests of time-outs say their own.</summary>
    public async Task<PostgreSqlStoreSet> OpenAsync(Action<PostgreSqlStoreOptions>? configure = null)
    {
        await MakeAsync();
        var options = new PostgreSqlStoreOptions
        {
            ConnectionString = ConnectionString + ";Pooling=true;Maximum Pool Size=20",
            ConnectTimeout = TimeSpan.FromMinutes(1),
            CommandTimeout = TimeSpan.FromMinutes(1),
        };
        configure?.Invoke(options);
        var set = new PostgreSqlStoreSet(options);
        sets.Add(set);
        return set;
    }

    async Task<KohakuStoreSet> ITestDatabase.OpenSetAsync() => await OpenAsync();

    /// <summary>A connection past the library.</summary>
    public async Task<NpgsqlConnection> OpenRawAsync()
    {
        await MakeAsync();
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = await OpenRawAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenRawAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    /// <summary>All rows of all tables of the library, as text.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync()
    {
        var lines = new List<string>();
        foreach (var table in await TablesAsync())
        {
            lines.AddRange(await ListAsync($"SELECT '{table} | ' || t::text FROM {table} AS t ORDER BY 1"));
        }

        return lines;
    }

    /// <summary>The library's tables but for the one of its migrations.</summary>
    public Task<IReadOnlyList<string>> TablesAsync() => ListAsync(
        "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relname LIKE 'kohaku%' AND relname <> 'kohaku_migrations' ORDER BY 1");

    public async Task<IReadOnlyList<string>> ListAsync(string sql)
    {
        await using var connection = await OpenRawAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var found = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var set in sets)
        {
            await set.DisposeAsync();
        }

        if (name is not null)
        {
            await server.DropDatabaseAsync(name);
        }
    }
}
