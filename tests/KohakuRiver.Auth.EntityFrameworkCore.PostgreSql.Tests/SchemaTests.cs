using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

public class SchemaTests(PostgresServer server)
{
    // Each is recorded once.
    private static readonly long Migrations = typeof(PostgreSqlStoreSet).Assembly.GetTypes()
        .LongCount(t => t.IsDefined(typeof(MigrationAttribute), inherit: false));

    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Migrations_AllApplied_MakeWhatTheModelSays()
    {
        var (database, _) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await using var modelled = new TempDatabase(server, migrated: false);
        await modelled.MakeAsync();
        var engine = new PostgreSqlAuthDatabase(new PostgreSqlStoreOptions { ConnectionString = modelled.ConnectionString });
        await using (engine.Pool.Source)
        await using (var db = engine.CreateContext())
        {
            await modelled.ExecuteAsync(db.Database.GenerateCreateScript());
        }

        var expected = await ReadSchemaAsync(modelled);

        Assert.Equal(17, expected.Select(line => line.Split(' ')[1]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(expected, await ReadSchemaAsync(database));
    }

    [Fact]
    public async Task Model_AgainstTheSnapshot_HasNoPendingChanges()
    {
        var engine = new PostgreSqlAuthDatabase(new PostgreSqlStoreOptions { ConnectionString = "Host=localhost" });
        await using var source = engine.Pool.Source;
        await using var db = engine.CreateContext();

        Assert.False(
            db.Database.HasPendingModelChanges(),
            "The model has changed: add a migration, as eng/KohakuRiver.Auth.DesignTime/README.md says.");
    }

    [Fact]
    public async Task Initialize_ModelAheadOfTheMigrations_IsRefusedAndMakesNothing()
    {
        await using var database = new TempDatabase(server, migrated: false);
        var ahead = await database.OpenAsync(o => o.ConfigureContexts = ModelAhead.Configure);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ahead.InitializeAsync(Ct));

        Assert.Contains(nameof(RelationalEventId.PendingModelChangesWarning), refused.Message, StringComparison.Ordinal);
        Assert.Empty(await database.TablesAsync());
    }

    [Fact]
    public async Task Initialize_Twice_ChangesNothing()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await Make.UserAsync(stores, "kept");

        await stores.InitializeAsync(Ct);
        await (await database.OpenAsync()).InitializeAsync(Ct);

        Assert.NotNull(await stores.Users.FindPasswordAsync("KEPT", Ct));
        Assert.Equal(Migrations, await database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_migrations"));
    }

    [Fact]
    public async Task Initialize_TwentyStartersAtOnce_MigrateOnce()
    {
        await using var database = new TempDatabase(server, migrated: false);
        var sets = new List<PostgreSqlStoreSet>();
        for (var i = 0; i < 20; i++)
        {
            sets.Add(await database.OpenAsync());
        }

        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));

        Assert.Equal(Migrations, await database.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_migrations"));
        Assert.False(await sets[7].Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Initialize_MigrationHeldByAnother_WaitsUntilItIsGivenBack()
    {
        await using var database = new TempDatabase(server, migrated: false);
        await database.MakeAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var held = await MigrationLock.AcquireAsync(source, TimeSpan.FromSeconds(5), Ct);
        var stores = await database.OpenAsync();

        var starting = Task.Run(() => stores.InitializeAsync(Ct), Ct);
        var tries = new HashSet<DateTime>();
        var since = TimeProvider.System.GetTimestamp();
        while (tries.Count < 3)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1), $"It asked for the lock {tries.Count} times only.");
            tries.Add(await database.ScalarAsync<DateTime>(
                """
                SELECT COALESCE(MAX(query_start), 'epoch') FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%' AND state = 'idle'
                """));
        }

        // It has been turned away again and again, and has done nothing.
        Assert.False(starting.IsCompleted);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM pg_class WHERE relname = 'kohaku_users'"));
        await held.DisposeAsync();
        await starting;

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task MigrationLock_HolderCut_IsFreeAgain()
    {
        await using var database = new TempDatabase(server, migrated: false);
        await database.MakeAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        var killed = await MigrationLock.AcquireAsync(source, TimeSpan.FromSeconds(5), Ct);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => MigrationLock.AcquireAsync(source, TimeSpan.FromMilliseconds(200), Ct));

        await database.ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await using var next = await MigrationLock.AcquireAsync(source, TimeSpan.FromSeconds(30), Ct);

        await killed.DisposeAsync();
    }

    [Fact]
    public async Task Initialize_InterruptedHalfWay_LeavesNothingAndIsDoneByTheNextStart()
    {
        await using var database = new TempDatabase(server, migrated: false);
        var interrupted = await database.OpenAsync(o => o.Interceptors = [new FailOn("CREATE TRIGGER")]);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => interrupted.InitializeAsync(Ct));
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM pg_class WHERE relname = 'kohaku_users'"));

        var next = await database.OpenAsync();
        await next.InitializeAsync(Ct);

        Assert.True(await Make.UserAsync(next, "first") > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Initialize_SchemaOfALaterVersion_IsRefused(bool migrateAtStart)
    {
        var (database, _) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await database.ExecuteAsync("INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0')");
        var stores = await database.OpenAsync(o => o.MigrateAtStart = migrateAtStart);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stores.InitializeAsync(Ct));

        Assert.Contains("29991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_MigrationOffAndEmptyDatabase_IsRefusedAndMakesNothing()
    {
        await using var database = new TempDatabase(server, migrated: false);
        var stores = await database.OpenAsync(o => o.MigrateAtStart = false);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stores.InitializeAsync(Ct));

        Assert.Contains("MigrateAtStart", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM pg_class WHERE relname LIKE 'kohaku%'"));
    }

    [Fact]
    public async Task Initialize_MigrationOffAndCurrentSchema_Works()
    {
        var (database, _) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        var stores = await database.OpenAsync(o => o.MigrateAtStart = false);

        await stores.InitializeAsync(Ct);

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Initialize_DatabaseMissing_IsAnOutage()
    {
        await using var database = new TempDatabase(server);
        await database.MakeAsync();
        await using var stores = PostgreSqlStoreSet.Open(server.ConnectionString("nowhere"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.InitializeAsync(Ct));
    }

    [Fact]
    public async Task Initialize_TablesOfAHostInTheSameDatabase_StayAsTheyAre()
    {
        await using var database = new TempDatabase(server, migrated: false);
        await database.MakeAsync();
        await database.ExecuteAsync(
            """
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) NOT NULL PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20200101000000_Hosts', '9.0.0');
            CREATE TABLE users (id bigint PRIMARY KEY);
            INSERT INTO users VALUES (7);
            """);

        await (await database.OpenAsync()).InitializeAsync(Ct);

        Assert.Equal(7L, await database.ScalarAsync<long>("SELECT id FROM users"));
        Assert.Equal(1L, await database.ScalarAsync<long>("SELECT COUNT(*) FROM \"__EFMigrationsHistory\""));
    }

    [Fact]
    public async Task UserCounts_AfterEveryKindOfChange_EqualTheRows()
    {
        var (database, stores) = await TempDatabase.CreateAsync(server);
        await using var owned = database;
        await database.ExecuteAsync(
            """
            INSERT INTO kohaku_users (username, username_key, display_name, display_name_key, role, is_active, password_hash, created_at,
                last_login_at, failed_logins)
            SELECT 'u' || n, 'U' || n, '', '', 1 + n % 4, n % 3 > 0, '', now(), now(), 0 FROM generate_series(1, 200) AS n;
            UPDATE kohaku_users SET role = 1 + (role % 4) WHERE id % 2 = 0;
            UPDATE kohaku_users SET is_active = NOT is_active WHERE id % 5 = 0;
            DELETE FROM kohaku_users WHERE id % 7 = 0;
            """);

        Assert.Equal(0L, await database.ScalarAsync<long>(
            """
            SELECT COUNT(*) FROM (SELECT role, is_active, COUNT(*) AS users FROM kohaku_users GROUP BY role, is_active) AS real
            FULL JOIN (SELECT * FROM kohaku_user_counts WHERE users <> 0) AS kept USING (role, is_active)
            WHERE real.users IS DISTINCT FROM kept.users
            """));
        Assert.Equal(172, (await stores.Users.ListAsync(new UserQuery { Page = new(10) }, Make.Now, Ct)).Total);
    }

    private static async Task<List<string>> ReadSchemaAsync(TempDatabase database)
    {
        await using var connection = await database.OpenRawAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT line FROM (
                SELECT format('column %s %s: %s %s null=%s default=%s identity=%s collation=%s', table_name, ordinal_position, column_name,
                    udt_name, is_nullable, column_default, identity_generation, collation_name) AS line
                FROM information_schema.columns WHERE table_name LIKE 'kohaku%'
                UNION ALL
                SELECT format('constraint %s %s: %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
                FROM pg_constraint WHERE conrelid::regclass::text LIKE 'kohaku%' AND contype <> 't'
                UNION ALL
                SELECT format('index %s %s', tablename, indexdef) FROM pg_indexes WHERE tablename LIKE 'kohaku%') AS lines
            WHERE split_part(line, ' ', 2) <> 'kohaku_migrations' ORDER BY line COLLATE "C"
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var found = new List<string>();
        while (await reader.ReadAsync(Ct))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private sealed class FailOn(string text) : DbCommandInterceptor
    {
        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            command.CommandText.Contains(text, StringComparison.Ordinal)
                ? throw new TimeZoneNotFoundException("An exception nobody else throws.")
                : ValueTask.FromResult(result);
    }
}
