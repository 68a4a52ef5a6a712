using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public class SchemaTests
{
    // Each is recorded once.
    private static readonly long Migrations = typeof(SqliteStoreSet).Assembly.GetTypes()
        .LongCount(t => t.IsDefined(typeof(MigrationAttribute), inherit: false));

    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Migrations_AllApplied_MakeWhatTheModelSays()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await using var modelled = new TempDatabase();
        await File.WriteAllBytesAsync(modelled.Path, [], Ct);
        await using (
            var db = new SqliteAuthDatabase(new SqliteStoreOptions { ConnectionString = modelled.ConnectionString }).CreateContext())
        {
            modelled.Execute(db.Database.GenerateCreateScript());
        }

        var expected = ReadSchema(modelled);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, ReadSchema(database));
    }

    [Fact]
    public async Task Model_AgainstTheSnapshot_HasNoPendingChanges()
    {
        await using var database = new TempDatabase();
        await using var db = new SqliteAuthDatabase(
            new SqliteStoreOptions { ConnectionString = database.ConnectionString }).CreateContext();

        Assert.False(
            db.Database.HasPendingModelChanges(),
            "The model has changed: add a migration, as eng/KohakuRiver.Auth.DesignTime/README.md says.");
    }

    [Fact]
    public async Task Initialize_ModelAheadOfTheMigrations_IsRefusedAndMakesNothing()
    {
        await using var database = new TempDatabase();
        var ahead = database.Open(o => o.ConfigureContexts = ModelAhead.Configure);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ahead.InitializeAsync(Ct));

        Assert.Contains(nameof(RelationalEventId.PendingModelChangesWarning), refused.Message, StringComparison.Ordinal);
        Assert.Empty(database.Tables());
    }

    [Fact]
    [Trait("Requirement", "V13.3.2")]
    public async Task Initialize_NewFile_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(database.Path));
    }

    [Fact]
    public async Task Initialize_Twice_ChangesNothing()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await Make.UserAsync(stores, "kept");

        await stores.InitializeAsync(Ct);
        await database.Open().InitializeAsync(Ct);

        Assert.NotNull(await stores.Users.FindPasswordAsync("KEPT", Ct));
        Assert.Equal(Migrations, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_migrations"));
    }

    [Fact]
    public async Task Initialize_TwentyStartersAtOnce_MigrateOnce()
    {
        await using var database = new TempDatabase();
        var sets = Enumerable.Range(0, 20).Select(_ => database.Open()).ToList();

        await Task.WhenAll(sets.Select(set => Task.Run(() => set.InitializeAsync(Ct), Ct)));

        Assert.Equal(Migrations, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_migrations"));
        Assert.False(await sets[7].Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Initialize_LockRowOfAKilledMigrator_DoesNotWaitForIt()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        database.Execute(
            """
            CREATE TABLE "__EFMigrationsLock" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00');
            """);
        var stores = database.Open();

        await stores.InitializeAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task CheckSchema_TellsHowTheFileStands_AndMakesNone()
    {
        await using var database = new TempDatabase();
        var stores = database.Open();
        Assert.Equal(SchemaState.Older, await stores.CheckSchemaAsync(Ct));
        Assert.False(File.Exists(database.Path));
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        Assert.Equal(SchemaState.Older, await stores.CheckSchemaAsync(Ct));

        await stores.InitializeAsync(Ct);
        Assert.Equal(SchemaState.Current, await stores.CheckSchemaAsync(Ct));
        database.Execute("DELETE FROM kohaku_migrations WHERE MigrationId = (SELECT MAX(MigrationId) FROM kohaku_migrations)");
        Assert.Equal(SchemaState.Older, await stores.CheckSchemaAsync(Ct));
        database.Execute("INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0')");
        var before = database.Scalar<long>("SELECT COUNT(*) FROM kohaku_migrations");
        Assert.Equal(SchemaState.Newer, await stores.CheckSchemaAsync(Ct));
        Assert.Equal(before, database.Scalar<long>("SELECT COUNT(*) FROM kohaku_migrations"));
    }

    [Fact]
    public async Task CheckSchema_OfAFileThatIsNoDatabase_IsAnOutage()
    {
        await using var database = new TempDatabase();
        await File.WriteAllTextAsync(database.Path, new string('x', 10_000), Ct);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => database.Open().CheckSchemaAsync(Ct));
    }

    [Fact]
    public async Task Initialize_MigrationHeldByAnother_WaitsUntilItIsGivenBack()
    {
        await using var database = new TempDatabase();
        var held = await MigrationLock.AcquireAsync(database.Path + ".lock", TimeSpan.FromSeconds(1), TimeProvider.System, Ct);
        var pauses = new PauseCounter();
        var stores = database.Open(o => o.Clock = pauses);

        var starting = Task.Run(() => stores.InitializeAsync(Ct), Ct);
        await pauses.ReachAsync(3).WaitAsync(TimeSpan.FromMinutes(1), Ct);

        // It has been turned away again and again, and has done nothing.
        Assert.Equal(0L, database.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name LIKE 'kohaku%'"));
        Assert.False(starting.IsCompleted);
        held.Dispose();
        await starting;

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Initialize_InterruptedHalfWay_LeavesNothingAndIsDoneByTheNextStart()
    {
        await using var database = new TempDatabase();
        var interrupted = database.Open(o => o.Interceptors = [new FailOn("CREATE TRIGGER")]);
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => interrupted.InitializeAsync(Ct));
        Assert.Equal(0L, database.Scalar<long>("SELECT COUNT(*) FROM sqlite_master WHERE name = 'kohaku_users'"));

        var next = database.Open();
        await next.InitializeAsync(Ct);

        Assert.True(await Make.UserAsync(next, "first") > 0);
    }

    [Fact]
    public async Task MigrationLock_HeldTooLong_IsAnOutage()
    {
        await using var database = new TempDatabase();
        using var held = await MigrationLock.AcquireAsync(database.Path + ".lock", TimeSpan.FromSeconds(1), TimeProvider.System, Ct);

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => MigrationLock.AcquireAsync(database.Path + ".lock", TimeSpan.FromMilliseconds(200), TimeProvider.System, Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Initialize_SchemaOfALaterVersion_IsRefused(bool migrateAtStart)
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        database.Execute("INSERT INTO kohaku_migrations VALUES ('29991231000000_FromTheFuture', '99.0.0')");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => database.Open(o => o.MigrateAtStart = migrateAtStart).InitializeAsync(Ct));

        Assert.Contains("29991231000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_MigrationOffAndNoFile_IsRefusedAndMakesNone()
    {
        await using var database = new TempDatabase();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.Open(o => o.MigrateAtStart = false).InitializeAsync(Ct));

        Assert.False(File.Exists(database.Path));
    }

    [Fact]
    public async Task Initialize_MigrationOffAndEmptyFile_IsRefused()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => database.Open(o => o.MigrateAtStart = false).InitializeAsync(Ct));

        Assert.Contains("MigrateAtStart", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_MigrationOffAndCurrentSchema_Works()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var stores = database.Open(o => o.MigrateAtStart = false);

        await stores.InitializeAsync(Ct);

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    [Fact]
    public async Task Initialize_DirectoryMissing_SaysSo()
    {
        await using var database = new TempDatabase();
        var missing = Path.Combine(database.Directory, "nowhere");
        await using var stores = SqliteStoreSet.Open($"Data Source={missing}/auth.db");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => stores.InitializeAsync(Ct));

        Assert.Contains(missing, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialize_FileIsNoDatabase_IsAnOutage()
    {
        await using var database = new TempDatabase();
        await File.WriteAllTextAsync(database.Path, string.Concat(Enumerable.Repeat("this is a letter to my aunt ", 100)), Ct);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => database.Open().InitializeAsync(Ct));
    }

    [Fact]
    public async Task Initialize_TablesOfAHostInTheSameFile_StayAsTheyAre()
    {
        await using var database = new TempDatabase();
        await File.WriteAllBytesAsync(database.Path, [], Ct);
        database.Execute(
            """
            CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsHistory" VALUES ('20200101000000_Hosts', '9.0.0');
            CREATE TABLE users (id INTEGER PRIMARY KEY);
            INSERT INTO users VALUES (7);
            """);

        await database.Open().InitializeAsync(Ct);

        Assert.Equal(7L, database.Scalar<long>("SELECT id FROM users"));
        Assert.Equal(1L, database.Scalar<long>("SELECT COUNT(*) FROM \"__EFMigrationsHistory\""));
    }

    private static List<string> ReadSchema(TempDatabase database)
    {
        using var connection = database.OpenRaw();
        using var command = new SqliteCommand(
            "SELECT type || ' ' || name || ': ' || sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger' AND name LIKE "
                + "'%kohaku%' AND name <> 'kohaku_migrations' ORDER BY type, name",
            connection);
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(string.Join(' ', reader.GetString(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
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

    /// <summary>The real clock, which tells how often somebody asked it for a pause.</summary>
    private sealed class PauseCounter : TimeProvider
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int wanted = int.MaxValue;
        private int pauses;

        public Task ReachAsync(int count)
        {
            Volatile.Write(ref wanted, count);
            return reached.Task;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (Interlocked.Increment(ref pauses) >= Volatile.Read(ref wanted))
            {
                reached.TrySetResult();
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
