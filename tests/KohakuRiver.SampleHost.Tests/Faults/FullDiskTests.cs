using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>
/// A file system without room, where one can be mounted (root, and a kernel that lets it); what SQLite says of a full disk is
/// tested everywhere, with its own limit on pages.
/// </summary>
public sealed class FullDiskTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-disk-").FullName;
    private bool mounted;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (mounted)
        {
            Run("umount", "-l", folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task D3_Disk_WithoutRoom_Writes503AndReadsGoOn_AndItIsOverWithoutRestart()
    {
        mounted = Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder) == 0;
        if (!mounted)
        {
            // A right to mount is nothing that could be installed, so CI does not demand it: there the row stands on the limit of pages.
            Assert.SkipUnless(Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", "No file system can be mounted here.");
            output.WriteLine("No file system can be mounted here; D3_FullDisk_NoSuccessWithoutCommit_AndItIsOverWithoutRestart shows the row.");
            return;
        }

        var database = Path.Combine(folder, "k.db");
        using var host = new SampleHost(database);
        using var master = host.Master();
        var (user, _) = await host.UserAsync("alice", "user");
        await SampleHost.SubmitAsync(user, "echo", "before");
        Assert.Equal("ok", new DataFile(database).List("PRAGMA integrity_check")[0]);

        await FillAsync();
        var refused = 0;
        for (var i = 0; i < 20; i++)
        {
            // Large enough not to fit into pages that are already there.
            using var full = await master.PostAsJsonAsync("/api/auth/groups", new { name = $"full-{i}", description = new string('x', 500) });
            if (!full.IsSuccessStatusCode)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
                Assert.Equal("application/problem+json", full.Content.Headers.ContentType!.MediaType);
                refused++;
            }

            Assert.Equal("alice", (await SampleHost.GetAsync(user, "/api/auth/me")).GetProperty("username").GetString());
        }

        Assert.True(refused > 0, "The disk was not full.");
        using (var submission = await user.PostAsJsonAsync("/api/submit", new { command = "echo", arguments = new[] { new string('x', 8_000) } }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, submission.StatusCode);
        }

        File.Delete(Path.Combine(folder, "filler"));
        Assert.Equal(20 - refused, (await SampleHost.GetAsync(master, "/api/auth/groups")).GetArrayLength());
        await SampleHost.ReadAsync(await master.PostAsJsonAsync("/api/auth/groups", new { name = "after" }));
        await SampleHost.SubmitAsync(user, "echo", "after");
        new DataFile(database).AssertSound();
    }

    private async Task FillAsync()
    {
        await using var filler = new FileStream(Path.Combine(folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            while (true)
            {
                await filler.WriteAsync(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // That is all there was.
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
