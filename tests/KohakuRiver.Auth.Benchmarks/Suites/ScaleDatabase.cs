using System.Data.Common;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql;
using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>A database of the library's own schema with many rows, and what the queries need to know of it.</summary>
internal sealed class ScaleDatabase : IAsyncDisposable
{
    private readonly List<SecretHash> hashes;
    private int next;

    private ScaleDatabase(KohakuStoreSet stores, List<SecretHash> hashes)
    {
        Stores = stores;
        this.hashes = hashes;
    }

    public KohakuStoreSet Stores { get; }

    public PageCursor? Hundredth { get; private init; }

    public PageCursor? HundredthByName { get; private init; }

    /// <summary>Another token's hash at every call.</summary>
    public SecretHash NextHash() => hashes[next++ % hashes.Count];

    public static async Task<ScaleDatabase> OpenSqliteAsync(string path, int users, int approvals)
    {
        var connectionString = $"Data Source={path}";
        var stores = SqliteStoreSet.Open(connectionString);
        await stores.InitializeAsync(CancellationToken.None);
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        return await FillAsync(stores, connection, ScaleFill.Sqlite(users, approvals), users);
    }

    public static async Task<ScaleDatabase> OpenPostgreSqlAsync(PostgresServer server, int users, int approvals)
    {
        var connectionString = await server.CreateDatabaseAsync($"scale_{users}");
        var stores = new PostgreSqlStoreSet(
            new PostgreSqlStoreOptions { ConnectionString = connectionString, CommandTimeout = TimeSpan.FromMinutes(5) });
        await stores.InitializeAsync(CancellationToken.None);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return await FillAsync(stores, connection, ScaleFill.PostgreSql(users, approvals), users);
    }

    public async ValueTask DisposeAsync()
    {
        switch (Stores)
        {
            case IAsyncDisposable wait:
                await wait.DisposeAsync();
                break;
            case IDisposable now:
                now.Dispose();
                break;
        }
    }

    private static async Task<ScaleDatabase> FillAsync(
        KohakuStoreSet stores, DbConnection connection, IEnumerable<string> statements, int users)
    {
        foreach (var statement in statements)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.CommandTimeout = 3600;
            await command.ExecuteNonQueryAsync();
        }

        // Tokens from all over the table.
        var found = new List<SecretHash>();
        await using var read = connection.CreateCommand();
        read.CommandText =
            $"SELECT hash FROM kohaku_tokens WHERE id IN "
                + $"({string.Join(',', Enumerable.Range(0, 3_000).Select(i => 1 + (i * 7_919L % (users * 3L))))})";
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            found.Add(SecretHash.FromBytes((byte[])reader.GetValue(0)));
        }

        return new ScaleDatabase(stores, found)
        {
            Hundredth = await ScaleQueries.HundredthAsync(stores, UserSort.CreatedAt),
            HundredthByName = await ScaleQueries.HundredthAsync(stores, UserSort.Username),
        };
    }
}
