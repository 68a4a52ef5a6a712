using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>
/// A file system without room: a small one in memory, which the host's process alone has mounted. That takes no rights where the kernel
/// gives users name spaces of their own, and root's where it does not. What SQLite says of a full disk is tested everywhere, with its own
/// limit on pages.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private const string MasterSecret = "the master secret of these tests only";
    private const string Password = "four plain words here";
    private const string Mount = "mount -t tmpfs -o size=8m tmpfs \"$0\"";

    private static readonly string[][] Ways = [["unshare", "--user", "--map-root-user", "--mount"], ["unshare", "--mount"]];

    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-disk-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Disk_WithoutRoom_Writes503AndReadsGoOn_AndItIsOverWithoutRestart()
    {
        var way = Array.Find(Ways, w => Run([.. w, "sh", "-c", Mount, folder]) == 0);
        Assert.SkipUnless(
            way is not null || Environment.GetEnvironmentVariable("KOHAKU_REQUIRE_ALL") == "1", "No file system can be mounted here.");
        Assert.True(way is not null, "No file system can be mounted here, and KOHAKU_REQUIRE_ALL=1 says nothing may be missing: allow "
            + "user name spaces, or run as root.");

        await using var host = await HostProcess.StartAsync(folder, Settings(), [.. way, "sh", "-c", $"{Mount} && exec \"$@\"", folder]);
        var disk = host.Through(folder);
        var database = Path.Combine(disk, "walk.db");
        using var master = new HttpClient { BaseAddress = host.Address };
        master.DefaultRequestHeaders.Add("X-Admin-Token", MasterSecret);
        using var user = await UserAsync(host, master, "alice");
        await SampleHost.SubmitAsync(user, "echo", "before");
        Assert.Equal("ok", new DataFile(database).List("PRAGMA integrity_check")[0]);

        await FillAsync(Path.Combine(disk, "filler"));
        var refused = 0;
        for (var i = 0; i < 20; i++)
        {
            // Large enough not to fit into pages that are already there.
            using var full = await master.PostAsJsonAsync(
                "/api/auth/groups", new { name = $"full-{i}", description = new string('x', 500) });
            if (!full.IsSuccessStatusCode)
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
                Assert.Equal("application/problem+json", full.Content.Headers.ContentType!.MediaType);
                refused++;
            }

            Assert.Equal("alice", (await SampleHost.GetAsync(user, "/api/auth/me")).GetProperty("username").GetString());
        }

        Assert.True(refused > 0, "The disk was not full.");
        using (var submission = await user.PostAsJsonAsync("/api/submit", new
        {
            command = "echo",
            arguments = new[] { new string('x', 8_000) },
        }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, submission.StatusCode);
        }

        File.Delete(Path.Combine(disk, "filler"));
        Assert.Equal(20 - refused, (await SampleHost.GetAsync(master, "/api/auth/groups")).GetArrayLength());
        await SampleHost.ReadAsync(await master.PostAsJsonAsync("/api/auth/groups", new { name = "after" }));
        await SampleHost.SubmitAsync(user, "echo", "after");
        new DataFile(database).AssertSound();
    }

    private static Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ADMIN_SECRET"] = MasterSecret,
        ["KohakuAuth__Passwords__WorkFactor"] = "10",
    };

    private static async Task<HttpClient> UserAsync(HostProcess host, HttpClient master, string name)
    {
        await SampleHost.ReadAsync(
            await master.PostAsJsonAsync("/api/auth/users", new { username = name, password = Password, role = "user" }));
        using var browser = new HttpClient { BaseAddress = host.Address };
        await SampleHost.ReadAsync(await browser.PostAsJsonAsync("/api/auth/login", new { username = name, password = Password }));
        var token = await SampleHost.ReadAsync(await browser.PostAsJsonAsync("/api/auth/tokens/create", new { name = "test" }));
        var user = new HttpClient { BaseAddress = host.Address };
        user.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        return user;
    }

    private static async Task FillAsync(string path)
    {
        await using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1);
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

    private static int Run(string[] command)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
                })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
