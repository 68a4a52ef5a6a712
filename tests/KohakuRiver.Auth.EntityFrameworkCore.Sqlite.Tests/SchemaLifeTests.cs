using KohakuRiver.Auth.Tests.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>From the first schema on: data is kept, whatever happens on the way.</summary>
public sealed class SchemaLifeTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_FromTheFirstSchemaWithDataInEveryTable_KeepAllOfIt()
    {
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        FirstSchemaRows.AssertComplete(database.Tables());
        database.Execute(FirstSchemaRows.ForSqlite());
        var columns = ColumnsOf(database);
        var before = database.Dump(columns);
        Assert.Equal(database.Tables(), before.Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal));

        var stores = database.Open(OfNextVersion);
        await stores.InitializeAsync(Ct);

        // The old columns of the old tables, row by row.
        Assert.Equal(before, database.Dump(columns));
        Assert.Equal(NextVersion.Id, database.Scalar<string>("SELECT MAX(MigrationId) FROM kohaku_migrations"));
        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        Assert.True(await stores.Users.AnyAdminAsync(Ct));
        await FirstSchemaRows.AssertSearchableAsync(stores, Ct);
        Assert.True(await Make.UserAsync(stores, "after") > 1002);
    }

    [Fact]
    [Trait("Requirement", "D4"), Trait("Requirement", "R2")]
    public async Task Migrations_FromTheFirstSchema_WidenTheRolesAndKeepTriggersAndIds()
    {
        // Those of the first schema; a later migration adds its own.
        const string Others = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE tbl_name = 'kohaku_users' "
            + "AND type = 'trigger' AND name NOT IN ('tr_kohaku_users_touch_language', 'tr_kohaku_users_touch_must_change') ORDER BY name)";
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        database.Execute(FirstSchemaRows.ForSqlite());
        database.Execute("UPDATE sqlite_sequence SET seq = 2000 WHERE name = 'kohaku_users'");
        var before = database.Scalar<string>(Others);
        Assert.Contains("CREATE TRIGGER", before, StringComparison.Ordinal);

        var stores = database.Open();
        await stores.InitializeAsync(Ct);

        Assert.Equal(before, database.Scalar<string>(Others));
        var made = await stores.Accounts.TryCreateUserAsync(Make.User("banned", Role.Anony), Make.Audit(), Ct);
        Assert.Equal((true, 2001L), (made.IsDone, made.Value!.User.Id));
        Assert.Equal(1L, database.Scalar<long>("SELECT users FROM kohaku_user_counts WHERE role = 0"));
        foreach (var role in new[] { -1, 5 })
        {
            Assert.Throws<SqliteException>(() => database.Execute($"UPDATE kohaku_users SET role = {role} WHERE id = 2001"));
        }

        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        Assert.Equal(0L, database.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'kohaku_schema_changed'"));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_InterruptedAtEveryStatementOfTheUpgrade_KeepTheDataAndResume()
    {
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        database.Execute(FirstSchemaRows.ForSqlite());
        var columns = ColumnsOf(database);
        var before = database.Dump(columns);
        for (var stop = 0; ; stop++)
        {
            var failing = new FailAfter(stop);
            var stores = database.Open(o => OfNextVersion(o, failing));
            var interrupted = await Record.ExceptionAsync(() => stores.InitializeAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct));

            // Each try finds what the ones before have left, and the last one finishes.
            Assert.Equal(before, database.Dump(columns));
            if (interrupted is null)
            {
                Assert.True(stop > 3, "The upgrade has more statements than that.");
                break;
            }

            Assert.IsType<TimeZoneNotFoundException>(interrupted);
        }

        Assert.Equal(NextVersion.Id, database.Scalar<string>("SELECT MAX(MigrationId) FROM kohaku_migrations"));
        Assert.True(await database.Open(OfNextVersion).Users.AnyAdminAsync(Ct));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_StaleLockRowOfAKilledUpgrade_IsNotWaitedFor()
    {
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        database.Execute(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT OR REPLACE INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
            """);

        await database.Open(OfNextVersion).InitializeAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Equal(NextVersion.Id, database.Scalar<string>("SELECT MAX(MigrationId) FROM kohaku_migrations"));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_TwelveStartersOnTheFirstSchema_UpgradeOnceAndKeepTheData()
    {
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        database.Execute(FirstSchemaRows.ForSqlite());
        var columns = ColumnsOf(database);
        var before = database.Dump(columns);
        var created = new CountOf(NextVersion.FirstStatement);
        var sets = Enumerable.Range(0, 12).Select(_ => database.Open(o => OfNextVersion(o, created))).ToList();

        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));

        Assert.Equal(1, created.Count);
        Assert.Equal(before, database.Dump(columns));
        Assert.All(await Task.WhenAll(sets.Select(set => set.Users.AnyAdminAsync(Ct))), Assert.True);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_NewerSchemaThanThisVersion_IsRefusedAndLeftAlone()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        database.Execute("INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0'); CREATE TABLE kohaku_future "
            + "(id INTEGER, name TEXT)");
        var before = database.Dump();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => database.Open().InitializeAsync(Ct));

        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        Assert.Contains("29991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, database.Dump());
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_DatabaseOfAnotherHistory_IsRefusedAsNewerAndLeftAlone()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        database.Execute("UPDATE kohaku_migrations SET MigrationId = '20261101000000_Initial' WHERE MigrationId LIKE '%_Initial'");
        var before = database.Dump();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => database.Open().InitializeAsync(Ct));

        // What this version has and the database has not is no reason to begin.
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        Assert.Contains("20261101000000_Initial", refused.Message, StringComparison.Ordinal);
        Assert.Equal(SchemaState.Newer, await database.Open().CheckSchemaAsync(Ct));
        Assert.Equal(before, database.Dump());
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_ProcessKilledInTheMiddle_LeavesAJournalThatTheNextStartRollsBack()
    {
        await using var database = new TempDatabase();
        await MigrateToFirstAsync(database);
        database.Execute(FirstSchemaRows.ForSqlite());
        var columns = ColumnsOf(database);
        var before = database.Dump(columns);
        await using var killed = new TempDatabase();
        LeaveAsAKilledProcessDoes(database.Path, killed.Path);

        var next = killed.Open(OfNextVersion);
        await next.InitializeAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        Assert.Equal(before, killed.Dump(columns));
        Assert.Equal("ok", killed.Scalar<string>("PRAGMA integrity_check"));
        Assert.True(await next.Users.AnyAdminAsync(Ct));
    }

    // What a killed process leaves is what stands in the files at that moment: a copy of them, taken while the
    // transaction is open and its pages have been forced out of the cache, is the same thing without a process to kill.
    private static void LeaveAsAKilledProcessDoes(string path, string copy)
    {
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE;";
            command.ExecuteNonQuery();
            using var migration = connection.CreateCommand();
            migration.CommandText =
                """
                CREATE TABLE kohaku_next (id INTEGER, name TEXT);
                CREATE TABLE kohaku_bulk AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
                    SELECT i, hex(randomblob(200)) AS text FROM n;
                UPDATE kohaku_users SET username = 'half done';
                DELETE FROM kohaku_audit;
                """;
            migration.ExecuteNonQuery();
            File.Copy(path, copy);
            File.Copy(path + "-journal", copy + "-journal");
            using var rollback = connection.CreateCommand();
            rollback.CommandText = "ROLLBACK";
            rollback.ExecuteNonQuery();
        }

        Assert.True(new FileInfo(copy + "-journal").Length > 0);
        Assert.NotEqual(File.ReadAllBytes(path), File.ReadAllBytes(copy));
    }

    // The schema of the first version, whatever this one's is.
    private static async Task MigrateToFirstAsync(TempDatabase database)
    {
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        await using var db = new SqliteAuthDatabase(
            new SqliteStoreOptions { ConnectionString = database.ConnectionString }).CreateContext();
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First(), Ct);
        Assert.Equal(1L, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_migrations"));
    }

    private static void OfNextVersion(SqliteStoreOptions options) => options.ConfigureContexts = NextVersion.Configure;

    private static void OfNextVersion(SqliteStoreOptions options, IInterceptor interceptor)
    {
        OfNextVersion(options);
        options.Interceptors = [interceptor];
    }

    private static Dictionary<string, string> ColumnsOf(TempDatabase database) => database.Tables().ToDictionary(
        table => table,
        table => database.Scalar<string>($"SELECT group_concat(name, ', ') FROM pragma_table_info('{table}')"),
        StringComparer.Ordinal);
}
