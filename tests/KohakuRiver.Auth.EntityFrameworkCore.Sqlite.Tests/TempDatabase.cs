using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>A database file in a directory of its own, with as many sets open on it as a test wants.</summary>
public sealed class TempDatabase : IAsyncDisposable
{
    private readonly List<SqliteStoreSet> sets = [];

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("kohaku-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(Directory, "auth.db");

    public string ConnectionString => "Data Source=" + Path;

    public static async Task<(TempDatabase Database, SqliteStoreSet Stores)> CreateAsync()
    {
        var database = new TempDatabase();
        var stores = database.Open();
        await stores.InitializeAsync(Ct);
        return (database, stores);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public SqliteStoreSet Open(Action<SqliteStoreOptions>? configure = null)
    {
        var options = new SqliteStoreOptions { ConnectionString = ConnectionString };
        configure?.Invoke(options);
        var set = new SqliteStoreSet(options);
        sets.Add(set);
        return set;
    }

    /// <summary>A connection past the library: no settings of its own, not pooled.</summary>
    public SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection(ConnectionString + ";Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }

    public T Scalar<T>(string sql)
    {
        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public void Execute(string sql)
    {
        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var set in sets)
        {
            await set.DisposeAsync();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
