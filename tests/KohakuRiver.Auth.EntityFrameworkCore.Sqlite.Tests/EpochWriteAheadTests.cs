using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>The epoch of a file with a write-ahead log, with a second process on it.</summary>
public sealed class EpochWriteAheadTests : IAsyncLifetime
{
    private const int Rounds = 40;
    private const string DataVersion = "PRAGMA data_version";

    private static readonly CancellationToken Ct = TempDatabase.Ct;

    private readonly List<string> statements = [];
    private TempDatabase database = null!;
    private long user;
    private string change = "";

    public async ValueTask InitializeAsync()
    {
        (database, var stores) = await TempDatabase.CreateAsync();
        Assert.Equal("wal", database.Scalar<string>("PRAGMA journal_mode"));
        user = await Make.UserAsync(stores, "alice");
        change = $"UPDATE kohaku_users SET role = 3 - role WHERE id = {user}";
        database.Execute($"UPDATE kohaku_users SET role = 1 WHERE id = {user}");
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData("PRAGMA wal_autocheckpoint")]
    [InlineData("PRAGMA wal_checkpoint(PASSIVE)")]
    [InlineData("PRAGMA wal_checkpoint(FULL)")]
    [InlineData("PRAGMA wal_checkpoint(RESTART)")]
    [InlineData("PRAGMA wal_checkpoint(TRUNCATE)")]
    public async Task Read_ChangesAndCheckpointsByAnotherProcess_MissesNone(string between)
    {
        using var epoch = Watch();
        await using var other = OtherProcess.Start(database);
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var round = 0; round < Rounds; round++)
        {
            await other.ExecuteAsync(change);
            known = await AssertTouchedAsync(epoch, known);
            await other.ExecuteAsync(between);
            await AssertNothingAsync(epoch, known);

            // Before the next look, where the one above came after it.
            await other.ExecuteAsync(change);
            await other.ExecuteAsync(between);
            known = await AssertTouchedAsync(epoch, known);
            await AssertNothingAsync(epoch, known);
        }

        Assert.Equal(between.Contains("TRUNCATE", StringComparison.Ordinal), new FileInfo(database.Path + "-wal").Length == 0);

        // All of it by the header: asked once, to see that the log is there.
        Assert.Single(statements, DataVersion);
    }

    [Fact]
    public async Task Read_NobodyCommitted_RunsNoStatement()
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        statements.Clear();

        for (var i = 0; i < Rounds; i++)
        {
            await AssertNothingAsync(epoch, known);
        }

        Assert.Empty(statements);
    }

    [Fact]
    public async Task Read_NobodyCommitted_AllocatesNothing()
    {
        const int reads = 2_000;
        using var epoch = new SqliteChangeEpoch(Database());
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;

        Assert.True(Allocated(new byte[1]) >= reads, "What is thrown away is not noticed, so that nothing below means anything.");
        Assert.Equal(0, Allocated(null));

        long Allocated(byte[]? waste)
        {
            Once();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < reads; i++)
            {
                Once();
                waste = waste is null ? null : new byte[1];
            }

            GC.KeepAlive(waste);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Once()
        {
            var read = epoch.ReadAsync(known, Ct);
            Assert.True(read.IsCompletedSuccessfully && read.Result.Epoch == known);
        }
    }

    [Fact]
    public async Task Read_OtherProcessKilledAfterItsCommit_TellsIt()
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var kill = 0; kill < 3; kill++)
        {
            await using var other = OtherProcess.Start(database);
            await other.ExecuteAsync(change);
            await other.KillAsync();

            known = await AssertTouchedAsync(epoch, known);
            await AssertNothingAsync(epoch, known);
        }
    }

    [Fact]
    public async Task Read_OtherProcessKilledInItsTransaction_TellsTheNextCommit()
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var kill = 0; kill < 3; kill++)
        {
            var log = new FileInfo(database.Path + "-wal").Length;
            await using var other = OtherProcess.Start(database);
            await other.ExecuteAsync("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE");
            await other.ExecuteAsync(change);
            await other.ExecuteAsync("CREATE TABLE bulk AS SELECT randomblob(400000) AS bytes");

            // Its pages are in the log already.
            Assert.True(new FileInfo(database.Path + "-wal").Length > log);
            await AssertNothingAsync(epoch, known);
            await other.KillAsync();
            await AssertNothingAsync(epoch, known);

            database.Execute(change);
            known = await AssertTouchedAsync(epoch, known);
        }

        Assert.Single(statements, DataVersion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_HeaderLeftHalfWritten_IsMendedAndTellsTheNextCommit(bool isLogEmpty)
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var kill = 0; kill < 3; kill++)
        {
            if (isLogEmpty)
            {
                database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }

            await using var other = OtherProcess.Start(database);
            await other.TearIndexAsync();
            await other.KillAsync();
            await AssertNothingAsync(epoch, known);

            // Mended by the first look, so that the next ones go by the header again.
            await AssertNothingAsync(epoch, known);
            statements.Clear();
            await AssertNothingAsync(epoch, known);
            Assert.Empty(statements);

            database.Execute(change);
            known = await AssertTouchedAsync(epoch, known);
        }
    }

    [Fact]
    public async Task Read_HeaderHalfWrittenAfterACommit_TellsThatCommit()
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        database.Execute(change);
        await using var other = OtherProcess.Start(database);
        await other.TearIndexAsync();

        await AssertTouchedAsync(epoch, known);
    }

    [Fact]
    public async Task JournalMode_WhileTheEpochIsRead_CannotBeLeft()
    {
        using var epoch = Watch();
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        SqliteConnection.ClearAllPools();
        await using var other = OtherProcess.Start(database);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => other.ExecuteAsync("PRAGMA journal_mode=delete"));

        Assert.Contains("locked", refused.Message, StringComparison.Ordinal);
        await other.ExecuteAsync(change);
        await AssertTouchedAsync(epoch, known);
    }

    [Fact]
    public async Task Read_LogRemovedAndMadeAnew_LooksAtTheNewOne()
    {
        using var epoch = Watch();
        await using var other = OtherProcess.Start(database);
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var round = 0; round < 3; round++)
        {
            // Whoever is the last takes the log and its index away.
            epoch.Dispose();
            SqliteConnection.ClearAllPools();
            Assert.Equal("delete", await other.ExecuteAsync("PRAGMA journal_mode=delete"));
            Assert.False(File.Exists(database.Path + "-shm"));
            await AssertNothingAsync(epoch, known);
            await other.ExecuteAsync(change);
            known = await AssertTouchedAsync(epoch, known);

            Assert.Equal("wal", await other.ExecuteAsync("PRAGMA journal_mode=wal"));
            await AssertNothingAsync(epoch, known);
            await other.ExecuteAsync(change);
            known = await AssertTouchedAsync(epoch, known);
            await AssertNothingAsync(epoch, known);
            await other.ExecuteAsync(change);
            known = await AssertTouchedAsync(epoch, known);
        }
    }

    [Theory]
    [InlineData(3007000u, 95, false)]
    [InlineData(3007000u, 0, false)]
    [InlineData(3007000u, 96, true)]
    [InlineData(3008000u, 96, false)]
    [InlineData(0u, 96, false)]
    [InlineData(null, 0, false)]
    public async Task Read_HeaderThatCannotBeUsed_GoesByTheVersionOfTheData(uint? version, int length, bool isHalfWritten)
    {
        var path = Path.Combine(database.Directory, "other");
        if (version is { } number)
        {
            await File.WriteAllBytesAsync(path + "-shm", Index(number, isHalfWritten)[..length], Ct);
        }

        using var epoch = Watch(_ => WalIndex.TryOpen(path));
        await using var other = OtherProcess.Start(database);
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        statements.Clear();

        await AssertNothingAsync(epoch, known);
        Assert.Equal([DataVersion], statements);
        for (var round = 0; round < 3; round++)
        {
            await other.ExecuteAsync(change);
            known = await AssertTouchedAsync(epoch, known);
            await other.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");
            await AssertNothingAsync(epoch, known);
        }
    }

    [Fact]
    public async Task Read_IndexKeptInMemory_TakesNoOldFileForIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A way to files that is there on Unix alone.");
        SqliteConnection.ClearAllPools();
        await File.WriteAllBytesAsync(database.Path + "-shm", Index(3007000, isHalfWritten: false), Ct);
        var alone = database.ConnectionString + ";Vfs=unix-excl;Pooling=False";
        using var epoch = Watch(_ => throw new InvalidOperationException("It was looked for."), alone);
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;

        await using (var connection = new SqliteConnection(alone))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = change;
            await command.ExecuteNonQueryAsync(Ct);
        }

        await AssertTouchedAsync(epoch, known);
    }

    [Fact]
    public async Task Read_AfterManyOutages_KeepsABoundedNumberOfFilesOpen()
    {
        var opened = 0;
        using var epoch = Watch(path =>
        {
            opened++;
            return WalIndex.TryOpen(path);
        });
        var known = (await epoch.ReadAsync(-1, Ct)).Epoch;
        for (var outage = 0; outage < 70; outage++)
        {
            epoch.Dispose();
            await AssertNothingAsync(epoch, known);
        }

        Assert.Equal(64, opened);
        database.Execute(change);
        await AssertTouchedAsync(epoch, known);
    }

    private static byte[] Index(uint version, bool isHalfWritten)
    {
        var copies = new byte[2 * WalIndex.HeaderLength];
        BitConverter.TryWriteBytes(copies, version);
        copies.AsSpan(0, WalIndex.HeaderLength).CopyTo(copies.AsSpan(WalIndex.HeaderLength));
        copies[^1] = isHalfWritten ? (byte)1 : (byte)0;
        return copies;
    }

    private SqliteAuthDatabase Database(string? connectionString = null) =>
        new(new SqliteStoreOptions { ConnectionString = connectionString ?? database.ConnectionString });

    private SqliteChangeEpoch Watch(Func<string, WalIndex?>? find = null, string? connectionString = null) =>
        new(Database(connectionString))
        {
            Opened = connection => raw.sqlite3_trace(connection.Handle, (_, statement) => statements.Add(statement), null),
            FindIndex = find ?? WalIndex.TryOpen,
        };

    private async Task<long> AssertTouchedAsync(SqliteChangeEpoch epoch, long since)
    {
        var after = await epoch.ReadAsync(since, Ct);
        Assert.True(after.Epoch > since, "The epoch did not move.");
        Assert.Contains(after.Touched!, c => c.UserId == user);
        return after.Epoch;
    }

    private static async Task AssertNothingAsync(SqliteChangeEpoch epoch, long since)
    {
        var after = await epoch.ReadAsync(since, Ct);
        Assert.Equal(since, after.Epoch);
        Assert.Empty(after.Touched!);
    }
}
