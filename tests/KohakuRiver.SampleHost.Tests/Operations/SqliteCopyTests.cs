using System.Diagnostics;
using System.Net;
using KohakuRiver.SampleHost.Tests.Faults;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>Copies of a SQLite database, as they are printed: made, and put back.</summary>
public sealed class SqliteCopyTests : IDisposable
{
    private const string Password = "nine slow herons at the mill";
    private const string Master = "the master secret of these tests only";

    // The name in the document is one that the backup above it could have given.
    private const string PrintedCopy = "backup/kohakuriver-20260301-040000.db";

    private readonly TempFolder folder = new();
    private readonly Shell shell;

    public SqliteCopyTests() => shell = new Shell(folder.Path);

    [Fact]
    [Trait(PrintedBlock.Trait, "sqlite-backup")]
    [Trait(PrintedBlock.Trait, "sqlite-files")]
    [Trait(PrintedBlock.Trait, "sqlite-restore")]
    [Trait(PrintedBlock.Trait, "sqlite-restore-files")]
    [Trait(PrintedBlock.Trait, "emergency")]
    public async Task Copy_OfARunningHost_IsPutBackAfterItWasKilled()
    {
        shell.Require("sqlite3");
        string copy;
        await using (var host = await StartAsync())
        {
            await AddUserAsync(host, "kept");
            Assert.Equal("ok\n1", (await shell.RunAsync(PrintedBlock.Get("sqlite-backup").Code)).Trim());
            copy = Path.GetRelativePath(folder.Path, Assert.Single(Directory.GetFiles(folder.File("backup"))));
            Assert.Equal("600", Shell.ModeOf(folder.File(copy)));
            await AddUserAsync(host, "later");
            await host.KillAsync();
        }

        // All files of a killed host together are a copy; the one file alone is not.
        Assert.True(new FileInfo(folder.File("kohakuriver.db-wal")).Length > 0);
        await shell.RunAsync(PrintedBlock.Get("sqlite-files").Code);
        Assert.All(Directory.GetFiles(folder.File("backup")), file => Assert.Equal("600", Shell.ModeOf(file)));
        await shell.RunAsync(
            "mkdir whole alone && cp -r backup whole/ && cp backup/kohakuriver.db alone/ && cd whole\n"
            + PrintedBlock.Get("sqlite-restore-files").Code);
        Assert.Equal(["kept", "later"], Users("whole/kohakuriver.db"));
        Assert.DoesNotContain("later", Users("alone/kohakuriver.db"));

        Assert.Equal("ok\n1", (await shell.RunAsync(PrintedBlock.Get("sqlite-restore").With((PrintedCopy, copy)))).Trim());
        Assert.Equal(["kohakuriver.db"], Directory.GetFiles(folder.Path, "kohakuriver.db*").Select(Path.GetFileName));
        Assert.Equal("600", Shell.ModeOf(folder.File("kohakuriver.db")));
        Assert.Equal(["kept", "later"], Users("replaced/kohakuriver.db"));

        await using var restored = await StartAsync();
        await LockOutAsync(restored);
        Assert.Equal(["kept", "mallory"], Users("kohakuriver.db"));
        Assert.Equal(0, await restored.StopAsync());
        new DataFile(folder.File("kohakuriver.db")).AssertSound();
    }

    [Fact]
    public async Task Copy_PutBackBesideAJournalOfAKilledProcess_StaysWhatItWas()
    {
        shell.Require("sqlite3");
        await shell.RunAsync(
            "sqlite3 kohakuriver.db \"CREATE TABLE kohaku_users (v TEXT); INSERT INTO kohaku_users VALUES ('from the copy')\"");
        await shell.RunAsync(PrintedBlock.Get("sqlite-backup").Code);
        var copy = Path.GetRelativePath(folder.Path, Assert.Single(Directory.GetFiles(folder.File("backup"))));
        await shell.RunAsync("sqlite3 kohakuriver.db \"UPDATE kohaku_users SET v = 'from the old database'\"");
        await KillHalfWayAsync();
        Assert.True(File.Exists(folder.File("kohakuriver.db-journal")));

        // What there is to be afraid of: with the journal beside it the copy is not what it was.
        await shell.RunAsync($"mkdir careless && cp kohakuriver.db-journal careless/ && cp {copy} careless/kohakuriver.db");
        var careless = await shell.TryAsync("sqlite3 careless/kohakuriver.db \"SELECT v FROM kohaku_users\"");
        Assert.NotEqual("from the copy", careless.Output.Trim());

        await shell.RunAsync(PrintedBlock.Get("sqlite-restore").With((PrintedCopy, copy)));

        Assert.Equal(["from the copy"], new DataFile(folder.File("kohakuriver.db")).List("SELECT v FROM kohaku_users"));
        Assert.Equal(["from the old database"], new DataFile(folder.File("replaced/kohakuriver.db")).List("SELECT v FROM kohaku_users"));
        new DataFile(folder.File("kohakuriver.db")).AssertSound();
    }

    public void Dispose() => folder.Dispose();

    private Task<HostProcess> StartAsync() => HostProcess.StartAsync(
        folder.Path,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KOHAKU_AUTH_DB"] = folder.File("kohakuriver.db"),
            ["ADMIN_SECRET"] = Master,
            ["KohakuAuth__Passwords__WorkFactor"] = "10",
        });

    private static Task AddUserAsync(HostProcess host, string name) => Operator.AddUserAsync(host.Address, Master, name, Password);

    /// <summary>Somebody who is logged in is out at the next request.</summary>
    private async Task LockOutAsync(HostProcess host)
    {
        await AddUserAsync(host, "mallory");
        using var mallory = new Person(host.Address);
        await mallory.PostAsync("/api/auth/login", new { username = "mallory", password = Password });
        await mallory.GetAsync("/api/auth/me");

        await File.WriteAllTextAsync(
            folder.File("emergency.sql"), PrintedBlock.Get("emergency").Code, TestContext.Current.CancellationToken);
        await shell.RunAsync("sqlite3 kohakuriver.db < emergency.sql");

        await mallory.GetAsync("/api/auth/me", HttpStatusCode.Unauthorized);
        await mallory.PostAsync("/api/auth/login", new { username = "mallory", password = Password }, HttpStatusCode.Forbidden);
    }

    private IReadOnlyList<string> Users(string file) =>
        new DataFile(folder.File(file)).List("SELECT username FROM kohaku_users ORDER BY username");

    /// <summary>Kills a process whose transaction has pages in the file already, and so the old ones in a journal.</summary>
    private async Task KillHalfWayAsync()
    {
        var isHalfWay = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var process = shell.Start(
            """
            { printf '%s\n' 'PRAGMA cache_size=2;' 'BEGIN;' "UPDATE kohaku_users SET v = 'half way';" \
              'INSERT INTO kohaku_users SELECT hex(randomblob(5000)) FROM sqlite_master, (VALUES (1), (2), (3), (4), (5), (6), (7), (8));' \
              "SELECT 'half way';"; sleep 600; } | sqlite3 kohakuriver.db
            """,
            line =>
            {
                if (line == "half way")
                {
                    isHalfWay.TrySetResult();
                }
            });
        await isHalfWay.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
