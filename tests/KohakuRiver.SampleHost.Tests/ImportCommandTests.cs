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
    [Trait("Requirement", "B6")]
    public async Task ImportCommand_WithNewNames_PeopleAreToldTheirsAtLoginAndInThePanel()
    {
        old.User(20, "me@example.org", Hash("my old password"), "user");
        await RunAsync(old.Path, "--rename", "bob=bobby", "--rename", "李雷=li.lei");
        using var host = new SampleHost(Database);
        using var client = host.CreateClient();

        foreach (
            var (name, password, now) in new[] { ("me@example.org", "my old password", "me-example.org"), ("李雷", "whatever 3", "li.lei") })
        {
            var told = await client.PostAsJsonAsync("/api/auth/login", new { username = name, password });
            Assert.Equal(HttpStatusCode.Forbidden, told.StatusCode);
            Assert.False(told.Headers.Contains("Set-Cookie"));
            var body = await told.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
            Assert.Equal(("renamed", now), (body.GetProperty("reason").GetString(), body.GetProperty("username").GetString()));
            Assert.Equal($"This account is now called {now}. Log in with that name.", body.GetProperty("detail").GetString());
        }

        var wrong = await client.PostAsJsonAsync("/api/auth/login", new { username = "me@example.org", password = "not mine" });
        var unknown = await client.PostAsJsonAsync("/api/auth/login", new { username = "you@example.org", password = "not mine" });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await wrong.Content.ReadAsStringAsync());
        Assert.Equal(Names(unknown), Names(wrong));
        await SampleHost.ReadAsync(
            await client.PostAsJsonAsync("/api/auth/login", new { username = "li.lei", password = "whatever 3" }));

        using var browser = host.CreateClient();
        var page = await browser.GetStringAsync(new Uri("/admin/login", UriKind.Relative));
        var token = page.Split("action=\"/admin/login\"")[1].Split("name=\"form_token\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent(
            [new("form_token", token), new("return", ""), new("username", "me@example.org"), new("password", "my old password")]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/login") { Content = form };
        request.Headers.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        var answer = await (await browser.SendAsync(request, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync();
        Assert.Contains("This account is now called me-example.org. Log in with that name.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportCommand_WithTasks_BringsTheHistoryOfThoseThatEnded()
    {
        old.User(20, "me@example.org", Hash("my old password"), "user");
        old.Task(7000000000000000001, 20, "echo hello world", "completed");
        old.Task(7000000000000000002, 2, "python", "killed_oom", """["train.py", "--lr", "0.1"]""");
        old.Task(7000000000000000003, 20, "sleep 100", "running");
        old.Task(7000000000000000004, 20, "ssh-ed25519 AAAA", "stopped", type: "vps");
        old.Task(7000000000000000005, 6, "of one left out", "failed");
        old.Task(7000000000000000006, 2, "of a deleted user", "lost", submitted: "2025-01-01 00:00:00");
        old.Task(7000000000000000007, null, "nobody's", "stopped");

        var (_, said, _) = await RunAsync(old.Path, "--tasks", "--dry-run", "--time-zone", "UTC");
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
        var (_, done, _) = await RunAsync(old.Path, "--tasks", "--time-zone", "UTC");
        Assert.Equal(Body(said), Body(done));
        Assert.Contains("tasks                    5              0         2", done, StringComparison.Ordinal);
        Assert.Contains("tasks 7000000000000000003: It has not ended.", done, StringComparison.Ordinal);
        Assert.Contains("tasks 7000000000000000004: It is not a command.", done, StringComparison.Ordinal);
        var (_, again, _) = await RunAsync(old.Path, "--tasks", "--time-zone", "UTC");
        Assert.Contains("tasks                    0              5         2", again, StringComparison.Ordinal);

        using var host = new SampleHost(Database);
        using var master = host.Master();
        var tasks = (await SampleHost.GetAsync(master, "/api/tasks")).EnumerateArray().ToList();
        Assert.Equal(
            ["(unknown)", "(unknown)", "李雷", "ann", "me-example.org"], tasks.Select(t => t.GetProperty("owner_username").GetString()));
        Assert.Equal(
            [false, false, false, true, true],
            tasks.Select(t => t.GetProperty("owner_id").ValueKind == System.Text.Json.JsonValueKind.Number));
        var python = tasks[3];
        Assert.Equal(("python", "killed_oom"), (python.GetProperty("command").GetString(), python.GetProperty("status").GetString()));
        Assert.Equal(["train.py", "--lr", "0.1"], python.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("2025-12-01T10:00:00.000000Z", python.GetProperty("submitted_at").GetString());
        Assert.Equal("2025-12-01T11:00:00.000000Z", python.GetProperty("completed_at").GetString());
        Assert.DoesNotContain("secret", (await SampleHost.GetAsync(master, "/api/tasks")).GetRawText(), StringComparison.Ordinal);

        // Own tasks are one's own, and ended ones can be removed.
        using var me = host.CreateClient();
        await SampleHost.ReadAsync(
            await me.PostAsJsonAsync("/api/auth/login", new { username = "me-example.org", password = "my old password" }));
        Assert.Equal(
            "echo hello world",
            (await SampleHost.GetAsync(me, "/api/tasks/7000000000000000001")).GetProperty("command").GetString());
        Assert.Equal(
            System.Text.Json.JsonValueKind.Null,
            (await SampleHost.GetAsync(me, "/api/tasks/7000000000000000002")).GetProperty("command").ValueKind);
        await SampleHost.ReadAsync(await master.DeleteAsync("/api/tasks/7000000000000000002"));
    }

    [Fact]
    public async Task ImportCommand_TasksOfANamesake_AreNotGivenToThatAccount()
    {
        using (var host = new SampleHost(Database))
        {
            using var master = host.Master();
            await SampleHost.ReadAsync(await master.PostAsJsonAsync(
                "/api/auth/users", new { username = "ann", password = "four plain words here", role = "user" }));
        }

        old.Task(7000000000000000001, 2, "echo hello world", "completed");
        await RunAsync(old.Path, "--tasks");

        using var next = new SampleHost(Database);
        using var all = next.Master();
        var task = Assert.Single((await SampleHost.GetAsync(all, "/api/tasks")).EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, task.GetProperty("owner_id").ValueKind);
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
            ([old.Path, "--rename", "nobody.at.all=somebody"], "no user \"nobody.at.all\""),
            ([old.Path, "--rename", "bob=a b"], "is not valid"),
        ];

        foreach (var (args, why) in bad)
        {
            var (code, _, errors) = await RunAsync(args);
            Assert.Equal(2, code);
            Assert.Contains(why, errors, StringComparison.Ordinal);
            Assert.False(File.Exists(Database));
        }
    }

    private static string Hash(string password) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(5, 'b'));

    private static string Names(HttpResponseMessage response) =>
        string.Join(' ', response.Headers.Concat(response.Content.Headers).Select(h => h.Key).Order(StringComparer.Ordinal));

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
