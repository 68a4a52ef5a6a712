using System.Data.Common;
using KohakuRiver.Auth.Stores;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>A file that a host uses with connections of its own, before the library starts on it.</summary>
public sealed class SharedFileTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    // The first SQLite that is safe with a write-ahead log is 3.51.3; the one of these tests is later.
    private static readonly Version Unsafe = new(3, 51, 2);

    [Fact]
    public async Task Start_HostReadsAFileInAnotherMode_SaysWhichModesAndWhatToDo()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await stores.DisposeAsync();
        database.Execute("PRAGMA journal_mode=delete");
        using var host = database.OpenRaw();
        using var reading = host.BeginTransaction(deferred: true);
        using var reader = new SqliteCommand("SELECT id FROM kohaku_users", host, reading).ExecuteReader();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => database.Open(Hurried).InitializeAsync(Ct));

        Assert.Contains(database.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("is in journal mode 'delete' and has to be in 'wal'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PRAGMA journal_mode=wal", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HostHasAnIdleConnectionOnAFileInAnotherMode_ChangesIt()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        database.Execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY)");
        using var host = database.OpenRaw();
        using var write = new SqliteCommand("INSERT INTO jobs DEFAULT VALUES", host);
        write.ExecuteNonQuery();

        await database.Open(Hurried).InitializeAsync(Ct);

        write.ExecuteNonQuery();
        Assert.Equal("wal", database.Scalar<string>("PRAGMA journal_mode"));
        Assert.Equal(2L, database.Scalar<long>("SELECT COUNT(*) FROM jobs"));
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("delete")]
    public async Task Start_HostHasATransactionOpen_SaysSoAndTheModeOfTheFile(string mode)
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        database.Execute($"PRAGMA journal_mode={mode}");
        using var host = database.OpenRaw();
        await using var writing = host.BeginTransaction();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => database.Open(Hurried).InitializeAsync(Ct));

        Assert.Contains($"(journal mode '{mode}') is locked by another connection", refused.Message, StringComparison.Ordinal);
        Assert.Contains(database.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("end the transactions", refused.Message, StringComparison.Ordinal);

        // And then it goes on as if nothing had been.
        await writing.RollbackAsync(Ct);
        await database.Open(Hurried).InitializeAsync(Ct);
    }

    [Fact]
    public async Task Mode_OldSqliteAndAFileInUse_SaysWhichPackageIsNeeded()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        using var host = database.OpenRaw();
        using var reading = host.BeginTransaction(deferred: true);
        using var reader = new SqliteCommand("SELECT id FROM kohaku_users", host, reading).ExecuteReader();
        using var connection = new SqliteConnection(database.ConnectionString + ";Pooling=False;Default Timeout=1");
        connection.Open();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => JournalMode.SetAsync(connection, Unsafe, Ct));

        Assert.Contains("is in journal mode 'wal' and has to be in 'delete'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SQLite 3.51.2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("SQLitePCLRaw.bundle_e_sqlite3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrations_HalfWay_HaveNoLockThatAHostsOwnWouldWaitFor()
    {
        await using var database = new TempDatabase();
        var look = new AtFirstTrigger(() => database.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'"));

        await database.Open(o => o.Interceptors = [look]).InitializeAsync(Ct);

        Assert.Equal(0L, look.Seen);
    }

    [Fact]
    public async Task Migrations_LockRowOfAHost_IsLeftToIt()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        database.Execute(
            """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
            """);

        await database.Open().InitializeAsync(Ct);

        Assert.Equal(1L, database.Scalar<long>("SELECT COUNT(*) FROM \"__EFMigrationsLock\""));
    }

    private static void Hurried(SqliteStoreOptions options) => options.BusyTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>What can be seen from outside while the tables are being made.</summary>
    private sealed class AtFirstTrigger(Func<long> look) : DbCommandInterceptor
    {
        public long? Seen { get; private set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Seen is null && command.CommandText.Contains("CREATE TRIGGER", StringComparison.Ordinal))
            {
                Seen = look();
            }

            return ValueTask.FromResult(result);
        }
    }
}
