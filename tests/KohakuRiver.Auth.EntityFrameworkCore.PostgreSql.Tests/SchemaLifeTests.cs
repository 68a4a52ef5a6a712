using KohakuRiver.Auth.Tests.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>From the first schema on: data is kept, whatever happens on the way.</summary>
public sealed class SchemaLifeTests(PostgresServer server)
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_FromTheFirstSchemaWithDataInEveryTable_KeepAllOfIt()
    {
        await using var database = await FirstSchemaAsync();
        var tables = await database.TablesAsync();
        FirstSchemaRows.AssertComplete(tables);
        var columns = await ColumnsAsync(database);
        var before = await DumpAsync(database, columns);
        Assert.Equal(tables, before.Select(line => line.Split(' ')[0]).Distinct(StringComparer.Ordinal));

        var stores = await database.OpenAsync(OfNextVersion);
        await stores.InitializeAsync(Ct);

        // The old columns of the old tables, row by row.
        Assert.Equal(before, await DumpAsync(database, columns));
        Assert.Equal(NextVersion.Id, await AppliedAsync(database));
        Assert.True(await stores.Users.AnyAdminAsync(Ct));
        await FirstSchemaRows.AssertSearchableAsync(stores, Ct);
        Assert.True(await Make.UserAsync(stores, "after") > 0);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_FromTheFirstSchema_WidenTheRoles()
    {
        await using var database = await FirstSchemaAsync();
        var stores = await database.OpenAsync();
        await stores.InitializeAsync(Ct);

        var made = await stores.Accounts.TryCreateUserAsync(Make.User("banned", Role.Anony), Make.Audit(), Ct);

        Assert.Equal((true, Role.Anony), (made.IsDone, made.Value!.User.Role));
        foreach (var role in new[] { -1, 5 })
        {
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(
                () => database.ExecuteAsync($"UPDATE kohaku_users SET role = {role} WHERE username = 'banned'"));
        }
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_InterruptedAtEveryStatementOfTheUpgrade_KeepTheDataAndResume()
    {
        await using var database = await FirstSchemaAsync();
        var columns = await ColumnsAsync(database);
        var before = await DumpAsync(database, columns);
        for (var stop = 0; ; stop++)
        {
            var failing = new FailAfter(stop);
            var stores = await database.OpenAsync(o => OfNextVersion(o, failing));
            var interrupted = await Record.ExceptionAsync(() => stores.InitializeAsync(Ct));

            // Each try finds what the ones before have left, and the last one finishes.
            Assert.Equal(before, await DumpAsync(database, columns));
            if (interrupted is null)
            {
                Assert.True(stop > 3, "The upgrade has more statements than that.");
                break;
            }

            Assert.IsType<TimeZoneNotFoundException>(interrupted);
        }

        Assert.Equal(NextVersion.Id, await AppliedAsync(database));
        Assert.True(await (await database.OpenAsync(OfNextVersion)).Users.AnyAdminAsync(Ct));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_ConnectionsKilledInTheMiddle_LeaveNothingAndTheNextStartDoesItAll()
    {
        await using var database = await FirstSchemaAsync();
        var columns = await ColumnsAsync(database);
        var before = await DumpAsync(database, columns);

        // Another transaction holds the table that the migration puts an index on, so that it waits in the middle until it is killed.
        await using var blocker = await database.OpenRawAsync();
        await using (var transaction = await blocker.BeginTransactionAsync(Ct))
        {
            await using var hold = new Npgsql.NpgsqlCommand("LOCK TABLE kohaku_tokens IN ROW EXCLUSIVE MODE", blocker, transaction);
            await hold.ExecuteNonQueryAsync(Ct);
            var stores = await database.OpenAsync(OfNextVersion);
            var starting = Task.Run(() => stores.InitializeAsync(Ct), Ct);
            while (await database.ScalarAsync<long>(
                "SELECT COUNT(*) FROM pg_locks WHERE relation = 'kohaku_tokens'::regclass AND NOT granted") == 0)
            {
                Assert.False(starting.IsCompleted);
                await Task.Yield();
            }

            await database.ExecuteAsync(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                + $"AND pid NOT IN (pg_backend_pid(), {blocker.ProcessID})");
            await Assert.ThrowsAnyAsync<Exception>(() => starting);
        }

        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM pg_class WHERE relname = 'kohaku_next'"));
        var next = await database.OpenAsync(OfNextVersion);
        await next.InitializeAsync(Ct);
        Assert.Equal(before, await DumpAsync(database, columns));
        Assert.Equal(NextVersion.Id, await AppliedAsync(database));
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_TwelveStartersOnTheFirstSchema_UpgradeOnceAndKeepTheData()
    {
        await using var database = await FirstSchemaAsync();
        var columns = await ColumnsAsync(database);
        var before = await DumpAsync(database, columns);
        var created = new CountOf(NextVersion.FirstStatement);
        var sets = new List<PostgreSqlStoreSet>();
        for (var i = 0; i < 12; i++)
        {
            sets.Add(await database.OpenAsync(o => OfNextVersion(o, created)));
        }

        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));

        Assert.Equal(1, created.Count);
        Assert.Equal(before, await DumpAsync(database, columns));
        Assert.All(await Task.WhenAll(sets.Select(set => set.Users.AnyAdminAsync(Ct))), Assert.True);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_NewerSchemaThanThisVersion_IsRefusedAndLeftAlone()
    {
        var (database, _) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await database.ExecuteAsync(
            "INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0'); CREATE TABLE kohaku_future (id bigint)");
        var tables = await database.TablesAsync();
        var stores = await database.OpenAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stores.InitializeAsync(Ct));

        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        Assert.Contains("29991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
        Assert.Equal(tables, await database.TablesAsync());
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Migrations_DatabaseOfAnotherHistory_IsRefusedAsNewerAndLeftAlone()
    {
        var (database, _) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await database.ExecuteAsync(
            "UPDATE kohaku_migrations SET \"MigrationId\" = '20261101000000_Initial' WHERE \"MigrationId\" LIKE '%_Initial'");
        var before = await database.DumpAsync();
        var stores = await database.OpenAsync();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stores.InitializeAsync(Ct));

        // What this version has and the database has not is no reason to begin.
        Assert.Contains("newer", refused.Message, StringComparison.Ordinal);
        Assert.Contains("20261101000000_Initial", refused.Message, StringComparison.Ordinal);
        Assert.Equal(SchemaState.Newer, await stores.CheckSchemaAsync(Ct));
        Assert.Equal(before, await database.DumpAsync());
    }

    [Fact]
    public async Task CheckSchema_TellsHowTheDatabaseStands_AndChangesNothing()
    {
        await using var database = await FirstSchemaAsync();
        var tables = await database.TablesAsync();
        var stores = await database.OpenAsync(OfNextVersion);
        Assert.Equal(SchemaState.Older, await stores.CheckSchemaAsync(Ct));
        Assert.Equal(tables, await database.TablesAsync());

        await stores.InitializeAsync(Ct);
        Assert.Equal(SchemaState.Current, await stores.CheckSchemaAsync(Ct));
        await database.ExecuteAsync("INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0')");
        Assert.Equal(SchemaState.Newer, await stores.CheckSchemaAsync(Ct));
        await database.ExecuteAsync("DROP TABLE kohaku_migrations");
        Assert.Equal(SchemaState.Older, await stores.CheckSchemaAsync(Ct));
    }

    // The schema of the first version, whatever this one's is.
    private async Task<TempDatabase> FirstSchemaAsync()
    {
        var database = new TempDatabase(server, migrated: false);
        await database.MakeAsync();
        var engine = new PostgreSqlAuthDatabase(new PostgreSqlStoreOptions { ConnectionString = database.ConnectionString });
        await using (engine.Pool.Source)
        await using (var db = engine.CreateContext())
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().First(), Ct);
        }

        await database.ExecuteAsync(FirstSchemaRows.ForPostgreSql());
        return database;
    }

    private static void OfNextVersion(PostgreSqlStoreOptions options) => options.ConfigureContexts = NextVersion.Configure;

    private static void OfNextVersion(PostgreSqlStoreOptions options, IInterceptor interceptor)
    {
        OfNextVersion(options);
        options.Interceptors = [interceptor];
    }

    private static Task<string> AppliedAsync(TempDatabase database) =>
        database.ScalarAsync<string>("SELECT MAX(\"MigrationId\")::text FROM kohaku_migrations");

    private static async Task<Dictionary<string, string>> ColumnsAsync(TempDatabase database)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await database.TablesAsync())
        {
            columns[table] = await database.ScalarAsync<string>(
                "SELECT string_agg(attname::text, ', ' ORDER BY attnum) FROM pg_attribute "
                + $"WHERE attrelid = '{table}'::regclass AND attnum > 0");
        }

        return columns;
    }

    private static async Task<IReadOnlyList<string>> DumpAsync(TempDatabase database, Dictionary<string, string> columns)
    {
        var lines = new List<string>();
        foreach (var (table, names) in columns.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            lines.AddRange(await database.ListAsync($"SELECT '{table} | ' || ROW({names})::text FROM {table} ORDER BY 1"));
        }

        return lines;
    }
}
