using KohakuRiver.Auth.EntityFrameworkCore.Tests;
using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>A database file in a directory of its own, with as many sets open on it as a test wants.</summary>
public sealed class TempDatabase : ITestDatabase
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

    Task<KohakuStoreSet> ITestDatabase.OpenSetAsync() => Task.FromResult<KohakuStoreSet>(Open());

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

    Task<T> ITestDatabase.ScalarAsync<T>(string sql) => Task.FromResult(Scalar<T>(sql));

    Task ITestDatabase.ExecuteAsync(string sql)
    {
        Execute(sql);
        return Task.CompletedTask;
    }

    /// <summary>All rows of all tables of the library, as text; only of the tables and columns named, where some are.</summary>
    public IReadOnlyList<string> Dump(IReadOnlyDictionary<string, string>? columns = null)
    {
        using var connection = OpenRaw();
        var lines = new List<string>();
        foreach (var table in Tables().Where(t => columns?.ContainsKey(t) != false))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {columns?.GetValueOrDefault(table) ?? "*"} FROM {table} ORDER BY 1, 2";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                lines.Add(table + " | " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
            }
        }

        return lines;
    }

    Task<IReadOnlyList<string>> ITestDatabase.DumpAsync() => Task.FromResult(Dump());

    /// <summary>The library's tables but for the one of its migrations.</summary>
    public IReadOnlyList<string> Tables()
    {
        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'kohaku%' AND name <> 'kohaku_migrations' ORDER BY name";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static string Text(object value) =>
        value is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;

    public async ValueTask DisposeAsync()
    {
        foreach (var set in sets)
        {
            await set.DisposeAsync();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
