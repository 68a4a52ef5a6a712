using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>What may happen between the looks that one read of the epoch takes at the file.</summary>
public sealed class EpochReadTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task Read_WhileACrashedCommitIsUndone_MissesNotTheNextCommit()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        SetMode(database, "delete");
        using var epoch = new SqliteChangeEpoch(Open(database));
        var before = (await epoch.ReadAsync(-1, Ct)).Epoch;

        // A process wrote its commit's first page, with a new counter, and died: whoever reads next takes it back.
        var counter = HotJournal.Plant(database.Path);
        Assert.Equal(before, (await epoch.ReadAsync(before, Ct)).Epoch);
        Assert.False(File.Exists(HotJournal.PathOf(database.Path)));

        // The next commit shows the very counter that was taken back.
        database.Execute($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");
        Assert.Equal(counter, HotJournal.ReadCounter(database.Path));

        await AssertTouchedAsync(epoch, before, user);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("wal")]
    public async Task Read_CommitRightAfterTheQuery_IsToldByTheNextRead(string mode)
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        SetMode(database, mode);
        var commits = 0;
        using var epoch = new SqliteChangeEpoch(Open(database))
        {
            // Told when a statement has ended and its locks are gone, before whoever ran it goes on.
            Opened = connection => raw.sqlite3_profile(connection.Handle, (_, statement, _) => AfterQuery(statement), null),
        };

        var before = (await epoch.ReadAsync(-1, Ct)).Epoch;
        Assert.Equal(1, commits);

        await AssertTouchedAsync(epoch, before, user);

        void AfterQuery(string statement)
        {
            if (statement.Contains("kohaku_change_epoch", StringComparison.Ordinal) && commits++ == 0)
            {
                database.Execute($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");
            }
        }
    }

    [Fact]
    public async Task Read_FileWentOverToAWriteAheadLog_MissesNoCommit()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        SetMode(database, "delete");
        var isWal = false;
        using var epoch = new SqliteChangeEpoch(Open(database))
        {
            // Told when a statement begins, before it takes its locks.
            Opened = connection => raw.sqlite3_trace(connection.Handle, (_, statement) => BeforeQuery(statement), null),
        };

        var before = (await epoch.ReadAsync(-1, Ct)).Epoch;
        Assert.True(isWal);
        database.Execute($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");

        await AssertTouchedAsync(epoch, before, user);

        void BeforeQuery(string statement)
        {
            if (statement.Contains("kohaku_change_epoch", StringComparison.Ordinal) && !isWal)
            {
                isWal = true;
                SetMode(database, "wal");
            }
        }
    }

    [Fact]
    public async Task Read_FileLeftItsLogJustBefore_LooksForTheIndexOfTheNextLog()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        var user = await Make.UserAsync(stores, "alice");
        SetMode(database, "delete");
        var looks = 0;
        var sought = 0;
        using var epoch = new SqliteChangeEpoch(Open(database))
        {
            Opened = connection =>
            {
                // After it has read the file with a rollback journal, so that it holds nobody off.
                raw.sqlite3_trace(connection.Handle, (_, statement) => BeforeLook(statement), null);
                SetMode(database, "wal");
            },
            FindIndex = path =>
            {
                sought++;
                return WalIndex.TryOpen(path);
            },
        };

        var before = (await epoch.ReadAsync(-1, Ct)).Epoch;
        Assert.True(looks > 0);
        Assert.Equal(0, sought);
        SetMode(database, "wal");
        Assert.Equal(before, (await epoch.ReadAsync(before, Ct)).Epoch);
        Assert.Equal(1, sought);
        database.Execute($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");

        await AssertTouchedAsync(epoch, before, user);

        void BeforeLook(string statement)
        {
            if (statement.Contains("data_version", StringComparison.Ordinal) && looks++ == 0)
            {
                SetMode(database, "delete");
            }
        }
    }

    private static SqliteAuthDatabase Open(TempDatabase database) =>
        new(new SqliteStoreOptions { ConnectionString = database.ConnectionString });

    private static async Task AssertTouchedAsync(SqliteChangeEpoch epoch, long since, long user)
    {
        var after = await epoch.ReadAsync(since, Ct);
        Assert.True(after.Epoch > since, "The epoch did not move.");
        Assert.Contains(after.Touched!, c => c.UserId == user);
    }

    private static void SetMode(TempDatabase database, string mode)
    {
        // Only the last connection can leave a write-ahead log.
        SqliteConnection.ClearAllPools();
        Assert.Equal(mode, database.Scalar<string>($"PRAGMA journal_mode={mode}"));
    }
}
