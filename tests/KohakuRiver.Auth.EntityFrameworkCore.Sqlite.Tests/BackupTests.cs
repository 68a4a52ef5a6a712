namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>What docs/operations.md says of copies: which of them are whole.</summary>
public sealed class BackupTests
{
    private static readonly CancellationToken Ct = TempDatabase.Ct;

    [Fact]
    public async Task VacuumInto_WhileTheFileIsInUse_HoldsEverythingAndStarts()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await using var copy = new TempDatabase();
        await using var other = OtherProcess.Start(database);
        await Make.UserAsync(stores, "alice");
        Assert.NotEqual(0, new FileInfo(database.Path + "-wal").Length);

        await other.ExecuteAsync($"VACUUM INTO '{copy.Path}'");

        var before = database.Dump();
        await AssertIsWholeAsync(copy, before);
    }

    [Fact]
    public async Task ThreeFiles_OfAKilledHost_HoldEverythingAndStart()
    {
        var (database, stores) = await TempDatabase.CreateAsync();
        await using var owned = database;
        await using var copy = new TempDatabase();
        var user = await Make.UserAsync(stores, "alice");
        await stores.DisposeAsync();
        await using var other = OtherProcess.Start(database);
        await other.ExecuteAsync($"UPDATE kohaku_users SET display_name = 'in the log' WHERE id = {user}");
        await other.KillAsync();

        // The one file is not enough.
        Assert.True((await File.ReadAllBytesAsync(database.Path, Ct)).AsSpan().IndexOf("in the log"u8) < 0);
        foreach (var ending in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Copy(database.Path + ending, copy.Path + ending);
        }

        var before = database.Dump();
        Assert.Contains(before, line => line.Contains("in the log", StringComparison.Ordinal));
        await AssertIsWholeAsync(copy, before);
    }

    private static async Task AssertIsWholeAsync(TempDatabase copy, IReadOnlyList<string> rows)
    {
        var stores = copy.Open();
        await stores.InitializeAsync(Ct);

        Assert.Equal(rows, copy.Dump());
        Assert.Equal("ok", copy.Scalar<string>("PRAGMA integrity_check"));
        Assert.Equal("wal", copy.Scalar<string>("PRAGMA journal_mode"));
        Assert.NotEqual(0, await Make.UserAsync(stores, "after"));
    }
}
