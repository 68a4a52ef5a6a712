using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using KohakuRiver.Auth.Tests.Shared;
using KohakuRiver.SampleHost.Tests.Walk;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.SampleHost.Tests;

/// <summary>The command as an operator runs it, and then the host on what it made.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly OldHostFile old = OldHostFile.WithEverything(
        password => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(5, 'b')));

    private string Database => folder.File("k.db");

    public void Dispose()
    {
        old.Dispose();
        folder.Dispose();
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task ImportCommand_ThenTheHost_PeopleKeepPasswordsTokensAndInvitations()
    {
        var (code, output, errors) = await RunProcessAsync(old.Path, "--time-zone", "UTC");
        Assert.True(code == 1, $"{code} {output} {errors}");
        Assert.Contains("users                    5              0         5", output, StringComparison.Ordinal);
        Assert.Contains("users 4 \"Bob\": Another user of the old database has the same name", output, StringComparison.Ordinal);
        Assert.DoesNotContain("$2b$", output + errors, StringComparison.Ordinal);

        using var host = new SampleHost(Database);
        using var browser = host.CreateClient();
        var login = await SampleHost.ReadAsync(
            await browser.PostAsJsonAsync("/api/auth/login", new { username = "root", password = "root's old password" }));
        Assert.Equal("admin", login.GetProperty("user").GetProperty("role").GetString());
        var users = await SampleHost.GetAsync(browser, "/api/auth/users");
        Assert.Equal(5, (users.ValueKind == System.Text.Json.JsonValueKind.Array ? users : users.GetProperty("items")).GetArrayLength());

        using var script = host.Anonymous();
        script.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "b".PadLeft(64, '0'));
        Assert.Equal("ann", (await SampleHost.GetAsync(script, "/api/auth/me")).GetProperty("username").GetString());
        using var stranger = host.Anonymous();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "e".PadLeft(64, '0'));
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("/api/auth/me", UriKind.Relative))).StatusCode);

        using var newcomer = host.CreateClient();
        var registered = await SampleHost.ReadAsync(await newcomer.PostAsJsonAsync(
            "/api/auth/register?token=" + "1".PadLeft(64, 'f'), new { username = "newcomer", password = "four plain words here" }));
        Assert.Equal("viewer", registered.GetProperty("user").GetProperty("role").GetString());
        Assert.StartsWith(
            "$bcrypt-sha256$", Scalar("SELECT password_hash FROM kohaku_users WHERE username = 'root'"), StringComparison.Ordinal);
        Assert.StartsWith("$2b$", Scalar("SELECT password_hash FROM kohaku_users WHERE username = 'ann'"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task ImportCommand_DryRunThenTwice_WritesOnce()
    {
        var (_, said, _) = await RunAsync(old.Path, "--dry-run");
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
        Assert.Contains("Nothing was written.", said, StringComparison.Ordinal);

        var (_, done, _) = await RunAsync(old.Path);
        Assert.Equal(Body(said), Body(done));
        var before = Scalar("SELECT group_concat(username || password_hash) FROM kohaku_users");

        var (code, again, _) = await RunAsync(old.Path);
        Assert.Equal(1, code);
        Assert.Contains("users                    0              5         5", again, StringComparison.Ordinal);
        Assert.Equal(before, Scalar("SELECT group_concat(username || password_hash) FROM kohaku_users"));
        Assert.Equal("1", Scalar("SELECT COUNT(*) FROM kohaku_audit"));
    }

    [Fact]
    public async Task ImportCommand_KnownVpsOnly_LeavesOutInstancesThisHostDoesNotHave()
    {
        // A dry run neither asks for tables nor makes them.
        var (_, said, _) = await RunAsync(old.Path, "--dry-run", "--known-vps-only");
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
        Assert.Contains(": This host does not have the VPS.", said, StringComparison.Ordinal);
        Assert.Contains("vps_assignments          0", said, StringComparison.Ordinal);

        var (_, done, _) = await RunAsync(old.Path, "--known-vps-only");
        Assert.Equal(Body(said), Body(done));
        Assert.Equal("0", Scalar("SELECT COUNT(*) FROM kohaku_vps_assignments"));
    }

    [Fact]
    public async Task ImportCommand_OfUnknownVps_CanBeSeenAndRemovedAfterwards()
    {
        await RunAsync(old.Path);
        var id = Scalar("SELECT vps_id FROM kohaku_vps_assignments");
        using var host = new SampleHost(Database);
        using var master = host.Master();
        Assert.Empty((await SampleHost.GetAsync(master, "/api/vps")).EnumerateArray());

        var unknown = Assert.Single((await SampleHost.GetAsync(master, "/api/auth/vps/unknown")).EnumerateArray());

        Assert.Equal(id, unknown.GetProperty("task_id").GetString());
        var user = unknown.GetProperty("assignments")[0].GetProperty("user_id").GetInt64();
        await SampleHost.ReadAsync(await master.DeleteAsync($"/api/vps/{id}/assign/{user}"));
        Assert.Empty((await SampleHost.GetAsync(master, "/api/auth/vps/unknown")).EnumerateArray());
    }

    [Fact]
    public async Task ImportCommand_NothingLeftOut_EndsWithZero()
    {
        using var clean = new OldHostFile();
        clean.User(1, "root", BCrypt.Net.BCrypt.HashPassword("root's old password", BCrypt.Net.BCrypt.GenerateSalt(4, 'b')), "admin");

        Assert.Equal(0, (await RunAsync(clean.Path)).Code);
        Assert.Equal(0, (await RunAsync(clean.Path)).Code);
    }

    [Fact]
    public async Task ImportCommand_WhatCannotBeImported_EndsWithTwoAndSaysWhy()
    {
        using var letters = new OldHostFile(withSchema: false);
        await File.WriteAllTextAsync(
            folder.File("letter.txt"),
            string.Concat(Enumerable.Repeat("this is a letter to my aunt ", 100)),
            TestContext.Current.CancellationToken);
        (string[] Args, string Why)[] bad =
        [
            ([], "Usage: import"),
            ([folder.File("nowhere.db")], "There is no file"),
            ([letters.Path], "not a KohakuRiver database"),
            ([folder.File("letter.txt")], "cannot be read as a SQLite database"),
            ([old.Path, "--dry-rum"], "Unknown option --dry-rum"),
            ([old.Path, "--time-zone", "Mars/Olympus"], "time zone"),
        ];

        foreach (var (args, why) in bad)
        {
            var (code, _, errors) = await RunAsync(args);
            Assert.Equal(2, code);
            Assert.Contains(why, errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Database));
        }
    }

    private static string Body(string report) => report[(report.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await HostImport.RunAsync([.. args, "--ConnectionStrings:KohakuAuth=" + Database], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private async Task<(int Code, string Output, string Errors)> RunProcessAsync(params string[] args)
    {
        var info = new ProcessStartInfo("dotnet", [HostProcess.ProgramPath(), "import", .. args])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["KOHAKU_AUTH_DB"] = Database;
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private string Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }
}
