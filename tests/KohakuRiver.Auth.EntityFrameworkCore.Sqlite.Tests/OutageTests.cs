using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public class OutageTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Write_ReadOnlyDatabase_IsAnOutageAndReadsGoOn()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await Make.UserAsync(stores, "there");
        var readOnly = database.Open(o => o.ConnectionString += ";Mode=ReadOnly");
        await readOnly.InitializeAsync(Ct);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(readOnly, "never"));

        Assert.NotNull(await readOnly.Users.FindPasswordAsync("there", Ct));
        Assert.Null(await stores.Users.FindPasswordAsync("never", Ct));
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Write_JournalCannotBeMade_IsAnOutageAndRecoversWithoutRestart()
    {
        var (database, made) = await TempDatabase.CreateAsync();
        await using var owned = database;

        // As on a SQLite whose write-ahead log is not safe: the mode is the file's, and only its last connection can leave the log.
        await made.DisposeAsync();
        Assert.Equal("delete", database.Scalar<string>("PRAGMA journal_mode=delete"));
        await using var stores = database.Open();
        var journal = Directory.CreateDirectory(database.Path + "-journal");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(stores, "early"));
        journal.Delete();
        await Make.UserAsync(stores, "late");

        Assert.Null(await stores.Users.FindPasswordAsync("early", Ct));
        Assert.NotNull(await stores.Users.FindPasswordAsync("late", Ct));
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Write_DiskFull_IsAnOutageLeavesNothingHalfDoneAndRecovers()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var engine = (SqliteAuthDatabase)stores.Users.TransactionDomain;

        // SQLite's own limit on pages per connection ends like a full disk. One connection is in the pool, so it is the one written with.
        await engine.ReadAsync(db => SetAsync(db, "PRAGMA max_page_count=1"), Ct);
        var big = Make.Approval("big") with { Task = Make.Approval("big").Task with { Command = new string('x', 1_000_000) } };

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Approvals.TryAddAsync(big, Make.Audit(), Ct));
        Assert.Null(await stores.Approvals.FindAsync("big", Ct));
        await engine.ReadAsync(db => SetAsync(db, "PRAGMA max_page_count=1073741823"), Ct);
        Assert.True((await stores.Approvals.TryAddAsync(big, Make.Audit(), Ct)).IsDone);

        Assert.Equal(1, (await stores.Audit.ListAsync(new AuditQuery(), Ct)).Total);
    }

    [Fact]
    [Trait("Requirement", "V16.5.2")]
    public async Task Everything_FileGone_IsAnOutageAndNoEmptyDatabaseAppears()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await stores.DisposeAsync();
        File.Delete(database.Path);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.Users.AnyAdminAsync(Ct));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(stores, "nobody"));

        Assert.False(File.Exists(database.Path));
    }

    [Fact]
    [Trait("Requirement", "V13.1.3")]
    public async Task Write_AnotherProcessHoldsTheFileTooLong_IsAnOutageAndThenWorks()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var stores = database.Open(o => o.BusyTimeout = TimeSpan.FromMilliseconds(200));
        using (var other = database.OpenRaw())
        {
            using var transaction = other.BeginTransaction();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(stores, "waits"));
            transaction.Rollback();
        }

        Assert.True(await Make.UserAsync(stores, "waits") > 0);
    }

    [Fact]
    [Trait("Requirement", "V13.1.2")]
    public async Task Write_TurnDoesNotCome_IsAnOutage()
    {
        var (database, _) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var stores = database.Open(o => o.WriteQueueTimeout = TimeSpan.FromMilliseconds(100));
        using (await WriteGate.For(database.Path).EnterAsync(TimeSpan.FromSeconds(1), Ct))
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Make.UserAsync(stores, "queued"));
        }

        Assert.True(await Make.UserAsync(stores, "queued") > 0);
    }

    [Fact]
    public async Task Write_CancelledWhileWaitingForItsTurn_DidNotHappenAndPassesTheTurnOn()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        using var cancel = new CancellationTokenSource();
        using (await WriteGate.For(database.Path).EnterAsync(TimeSpan.FromSeconds(1), Ct))
        {
            var waiting = stores.Accounts.TryCreateUserAsync(Make.User("cancelled"), Make.Audit(), cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await Make.UserAsync(stores, "next");

        Assert.Null(await stores.Users.FindPasswordAsync("cancelled", Ct));
    }

    [Fact]
    public async Task Everything_CancelledBefore_ThrowsAndDoesNothing()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stores.Users.AnyAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stores.Accounts.TryCreateUserAsync(Make.User("no"), Make.Audit(), cancelled));

        Assert.False(await stores.Users.AnyAsync(Ct));
    }

    private static async Task<int> SetAsync(AuthDbContext db, string pragma)
    {
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        await command.ExecuteNonQueryAsync(Ct);
        return 0;
    }
}
