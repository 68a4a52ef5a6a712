using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using KohakuRiver.Cli.Tests.Commands;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>
/// Each command once against the host, with what it must have brought about. The last step holds the list against all commands there are.
/// </summary>
public sealed class EveryCommandTests(RunningHost host) : IDisposable
{
    private const string Fresh = "a fresh password, quite long";
    private readonly ConcurrentDictionary<string, bool> done = new(StringComparer.Ordinal);
    private readonly List<TestCli> machines = [];

    public void Dispose() => machines.ForEach(m => m.Dispose());

    [Fact]
    public async Task EveryCommand_AgainstARealHost_DoesWhatItSays()
    {
        var admin = Keep(await host.NewPersonAsync("admin"));
        var adminName = (await JsonAsync(admin, "auth whoami")).GetProperty("username").GetString()!;
        await GroupsAndInvitationsAsync(admin, adminName);
        var (user, name) = await NewcomerAsync(admin);
        await OwnAccountAsync(user, name);
        await TasksAsync(admin, user);
        await VpsAsync(admin, user, name);
        await UsersAsync(admin, name);
        await SystemAsync(admin, adminName);

        Assert.All(CommandLineTests.AllLeaves(), leaf => Assert.Contains(string.Join(' ', leaf.Path), done.Keys));
    }

    private async Task GroupsAndInvitationsAsync(TestCli admin, string adminName)
    {
        var group = await JsonAsync(admin, "groups create", "lab", "--description", "The lab", "--limits", "max_tasks=5", "--tier", "2");
        Assert.Equal(5, group.GetProperty("limits").GetProperty("max_tasks").GetInt32());
        Assert.Contains(Items(await JsonAsync(admin, "groups list")), g => g.GetProperty("name").GetString() == "lab");
        Assert.Equal("science", (await JsonAsync(admin, "groups edit", "lab", "--name", "science")).GetProperty("name").GetString());
        await JsonAsync(admin, "groups edit", "science", "--set-limit", "max_gpus=2", "--set-limit", "max_vps=1");
        Assert.Equal(["max_tasks", "max_vps"], (await JsonAsync(admin, "groups edit", "science", "--remove-limit", "max_gpus"))
            .GetProperty("limits").EnumerateObject().Select(l => l.Name));
        await JsonAsync(admin, "groups add", "science", adminName);
        Assert.Equal(
            adminName, Assert.Single(Items(await JsonAsync(admin, "groups members", "SCIENCE"))).GetProperty("username").GetString());
        await JsonAsync(admin, "groups remove", "science", adminName);
        Assert.Equal(0, (await JsonAsync(admin, "groups show", "science")).GetProperty("member_count").GetInt32());

        var invitation = await JsonAsync(
            admin, "invitations create", "--role", "user", "--group", "science", "--uses", "3", "--expires", "2d");
        var id = Text(invitation, "id");
        Assert.Contains(
            Items(await JsonAsync(admin, "invitations list")),
            i => Text(i, "id") == id && Text(i, "token") == Text(i, "prefix") + "…");
        await JsonAsync(admin, "invitations revoke", id, "--yes");
        Assert.Contains(
            "no invitation",
            (await admin.RunAsync("invitations", "revoke", id, "--yes")).Expect(ExitCodes.Failed).Error,
            StringComparison.Ordinal);
    }

    private async Task<(TestCli Cli, string Name)> NewcomerAsync(TestCli admin)
    {
        var link = (await JsonAsync(admin, "invitations create", "--group", "science")).GetProperty("url").GetString()!;
        var cli = Keep(new TestCli(await host.AddressAsync()));
        var name = host.NewName("newcomer");
        var made = await JsonWithInputAsync(
            cli, [link, RunningHost.Password], "auth register", "--username", name, "--code-stdin", "--password-stdin");
        Assert.Equal(("user", "science"), (made.GetProperty("user").GetProperty("role").GetString(),
            made.GetProperty("user").GetProperty("groups")[0].GetProperty("name").GetString()));
        var again = await cli.RunWithInputAsync(
            [link, RunningHost.Password], "auth", "register", "--username", name + "b", "--code-stdin", "--password-stdin");
        again.Expect(ExitCodes.Failed);
        var shown = (await admin.JsonAsync("invitations", "list"))[0].GetProperty("token").GetString()!;
        var cut = await cli.RunWithInputAsync(
            [shown, RunningHost.Password], "auth", "register", "--username", name + "d", "--code-stdin", "--password-stdin");
        cut.Expect(ExitCodes.Failed);
        Assert.Contains("This is only the beginning of an invitation code, as lists show it.", cut.Error, StringComparison.Ordinal);

        // The first admin is there, so that the code is nobody's any longer.
        (await cli.RunWithInputAsync(["kri_nothing", RunningHost.Password], "auth", "setup", "--username", name + "c", "--code-stdin",
            "--password-stdin")).Expect(ExitCodes.Failed);
        done["auth setup"] = true;
        return (cli, name);
    }

    private async Task OwnAccountAsync(TestCli user, string name)
    {
        Assert.Equal("logged_in", Text(await JsonAsync(user, "auth status"), "state"));
        Assert.Equal("New Comer", Text(await JsonAsync(user, "auth display-name", "New Comer"), "display_name"));
        await JsonWithInputAsync(user, [RunningHost.Password, Fresh], "auth password", "--password-stdin");
        await JsonWithInputAsync(user, [Fresh], "auth login", "--username", name, "--password-stdin");
        var token = await JsonWithInputAsync(user, [Fresh], "auth token create", "nightly", "--expires", "30d", "--password-stdin");
        Assert.Equal(["nightly", "cli@testbox"], Items(await JsonAsync(user, "auth token list")).Select(t => Text(t, "name")));
        await JsonAsync(user, "auth token revoke", "NIGHTLY", "--yes");
        using var script = new TestCli(await host.AddressAsync()) { Environment = { ["KOHAKU_TOKEN"] = Text(token, "token") } };
        (await script.RunAsync("auth", "whoami")).Expect(ExitCodes.NotLoggedIn);

        Assert.Empty(Items(await JsonAsync(user, "auth session list")));
        await JsonAsync(user, "auth session end", "--all", "--yes");
        Assert.Contains(
            "no active session",
            (await user.RunAsync("auth", "session", "end", "999999", "--yes")).Expect(ExitCodes.Failed).Error,
            StringComparison.Ordinal);
        Assert.Equal(await host.AddressAsync(), Text(Assert.Single(Items(await JsonAsync(user, "auth hosts"))), "host"));
        await JsonAsync(user, "auth use", await host.AddressAsync());
    }

    private async Task TasksAsync(TestCli admin, TestCli user)
    {
        var node = Assert.Single(Items(await JsonAsync(user, "nodes list", "--status", "ONLINE")));
        Assert.True(JsonElement.DeepEquals(node, await JsonAsync(user, "nodes show", Text(node, "hostname"))));
        Assert.Empty(Items(await JsonAsync(user, "nodes list", "--status", "offline")));
        async Task<string> SubmitAsync(params string[] rest) => (await JsonAsync(user, "tasks submit", rest)).GetProperty("task_ids")[0]
            .GetString()!;

        var id = await SubmitAsync("--cores", "1", "--memory", "16M", "--env", "GREETING=hello", "--", "echo", "hello", "wide  world");
        var shown = await JsonAsync(user, "tasks show", id);
        Assert.Equal(("pending_approval", 16 * 1024 * 1024, "hello"), (Text(shown, "status"),
            shown.GetProperty("required_memory_bytes").GetInt64(), Text(shown.GetProperty("env_vars"), "GREETING")));
        Assert.Contains(
            Items(await JsonAsync(admin, "approvals list")),
            a => Text(a, "task_id") == id && a.GetProperty("arguments")[1].GetString() == "wide  world");
        Assert.Equal("approved", Text((await JsonAsync(admin, "approvals approve", id))[0], "result"));
        (await user.RunAsync("tasks", "logs", id, "--follow")).Expect(ExitCodes.Done);
        Assert.Equal("completed", Text((await JsonAsync(user, "tasks wait", id))[0], "status"));
        Assert.Equal("hello wide  world\n", Text(await JsonAsync(user, "tasks logs", id), "stdout"));
        (await admin.RunAsync("approvals", "approve", id)).Expect(ExitCodes.Failed);

        var unwanted = await SubmitAsync("--", "hostname");
        await JsonAsync(admin, "approvals reject", unwanted, "--reason", "Not today", "--yes");
        Assert.Equal("Not today", Text(await JsonAsync(user, "tasks show", unwanted), "rejection_reason"));
        var regretted = await SubmitAsync("--", "hostname");
        await JsonAsync(user, "approvals withdraw", regretted, "--yes");
        var history = Items(await JsonAsync(user, "approvals history"));
        Assert.Equal(["withdrawn", "rejected", "approved"], history.Take(3).Select(a => Text(a, "status")));
        Assert.Contains(Items(await JsonAsync(user, "tasks list", "--status", "withdrawn")), t => Text(t, "task_id") == regretted);

        var mixed = await admin.RunAsync("approvals", "approve", regretted, await SubmitAsync("--", "hostname"));
        Assert.Contains("approved", mixed.Expect(ExitCodes.Failed).Output, StringComparison.Ordinal);
        var waited = await admin.RunAsync("tasks", "submit", "--wait", "--", "echo", "done");
        Assert.Equal("done\n", waited.Expect(ExitCodes.Done).Output);
        var sleeping = (await JsonAsync(admin, "tasks submit", "--", "sleep", "60")).GetProperty("task_ids")[0].GetString()!;
        await JsonAsync(admin, "tasks kill", sleeping, "--yes");
        (await admin.RunAsync("tasks", "logs", sleeping, "--follow")).Expect(128 + 9);
        Assert.Equal("killed", Text(await JsonAsync(admin, "tasks show", sleeping), "status"));

        await WatchAsync(admin, SubmitAsync);
    }

    // Shows what waits, then what comes and what goes, and ends well when it is stopped.
    private async Task WatchAsync(TestCli admin, Func<string[], Task<string>> submitAsync)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var screen = new SpokenWriter();
        var before = await submitAsync(["--", "echo", "before"]);
        var watching = admin.RunAsync(new FakeTerminal { OutOverride = screen }, stop.Token, "approvals", "watch");
        await screen.UntilAsync($"+ {before} ", stop.Token);
        var fresh = await submitAsync(["--", "echo", "fresh"]);
        await screen.UntilAsync($"+ {fresh} ", stop.Token);
        await JsonAsync(admin, "approvals approve", before);
        await screen.UntilAsync($"- {before} ", stop.Token);
        Assert.False(watching.IsCompleted);
        await stop.CancelAsync();
        (await watching).Expect(ExitCodes.Interrupted);
        await JsonAsync(admin, "approvals reject", fresh, "--yes");
        done["approvals watch"] = true;
    }

    private async Task VpsAsync(TestCli admin, TestCli user, string name)
    {
        var box = await JsonAsync(admin, "vps create", "dev-box");
        await JsonAsync(admin, "vps assign", "dev-box", "--user", name, "--group", "science");
        Assert.Equal("dev-box", Text(await JsonAsync(admin, "vps show", "DEV-BOX"), "name"));
        var access = await JsonAsync(admin, "vps access", "DEV-BOX");
        Assert.Equal(
            (name, "science"), (Text(access.GetProperty("assignments")[0], "username"), Text(access.GetProperty("groups")[0], "name")));
        Assert.Equal(Text(box, "vps_id"), Text(Assert.Single(Items(await JsonAsync(user, "vps list", "--mine"))), "vps_id"));
        Assert.Equal("inside\n", (await user.RunAsync("vps", "exec", "dev-box", "--", "echo", "inside")).Expect(ExitCodes.Done).Output);
        done["vps exec"] = true;
        Assert.Empty(Items(await JsonAsync(admin, "vps unknown")));
        await JsonAsync(admin, "vps unassign", "dev-box", "--user", name, "--group", "science", "--yes");
        (await user.RunAsync("vps", "exec", "dev-box", "--", "echo", "inside")).Expect(ExitCodes.Failed);
        await JsonAsync(admin, "vps delete", "dev-box", "--yes");
        Assert.DoesNotContain(Items(await JsonAsync(admin, "vps list")), v => Text(v, "name") == "dev-box");
    }

    private async Task UsersAsync(TestCli admin, string name)
    {
        Assert.Equal("operator", Text(await JsonAsync(admin, "users set-role", name, "operator"), "role"));
        Assert.Equal("disabled", Text(Assert.Single(Items(await JsonAsync(admin, "users disable", name, "--yes"))), "result"));
        Assert.Contains(Items(await JsonAsync(admin, "users list", "--disabled", "--search", name)), u => Text(u, "username") == name);
        Assert.Equal("enabled", Text(Assert.Single(Items(await JsonAsync(admin, "users enable", name))), "result"));
        await JsonAsync(admin, "users unlock", name);
        await JsonAsync(admin, "groups create", "annex");
        Assert.Equal(["annex", "science"], Groups(await JsonAsync(admin, "users edit", name, "--add-group", "annex")));
        Assert.Equal(["annex"], Groups(await JsonAsync(admin, "users edit", name, "--add-group", "annex", "--remove-group", "science")));
        (await admin.RunAsync("users", "edit", name, "--add-group", "annex", "--no-groups")).Expect(ExitCodes.Usage);
        Assert.Equal(0, (await JsonAsync(admin, "users edit", name, "--no-groups", "--display-name", "Someone"))
            .GetProperty("groups").GetArrayLength());
        Assert.Equal("Someone", Text(await JsonAsync(admin, "users show", name), "display_name"));
        Assert.Empty(Items(await JsonAsync(admin, "users sessions", name)));
        await JsonAsync(admin, "users end-sessions", name, "--yes");
        await JsonWithInputAsync(admin, [RunningHost.Password], "users reset-password", name, "--password-stdin", "--yes");
        var link = Text(await JsonAsync(admin, "users reset-link", name), "url");
        using var elsewhere = new TestCli(await host.AddressAsync());
        await JsonWithInputAsync(elsewhere, [link, Fresh], "auth reset", "--code-stdin", "--password-stdin");
        await JsonWithInputAsync(elsewhere, [Fresh], "auth login", "--username", name, "--password-stdin");
        await JsonAsync(elsewhere, "auth logout", "--revoke");
        await JsonWithInputAsync(
            admin, [RunningHost.Password], "users create", name + "x", "--role", "viewer", "--group", "science", "--password-stdin");
        await JsonAsync(admin, "users delete", name, "--yes");
        (await admin.RunAsync("users", "show", name)).Expect(ExitCodes.Failed);
        await JsonAsync(admin, "groups delete", "science", "--yes");
        await JsonAsync(admin, "groups delete", "annex", "--yes");
    }

    private static IEnumerable<string> Groups(JsonElement user) => user.GetProperty("groups").EnumerateArray().Select(g => Text(g, "name"));

    private async Task SystemAsync(TestCli admin, string adminName)
    {
        var before = await JsonAsync(admin, "settings show");
        Assert.True(before.GetProperty("admin_register_secret_set").GetBoolean());
        Assert.Equal(48, (await JsonAsync(admin, "settings set", "invitation_lifetime_hours=48", "approval_required_roles=user"))
            .GetProperty("invitation_lifetime_hours").GetDouble());
        Assert.Contains(
            "bogus", (await admin.RunAsync("settings", "set", "bogus=1")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);

        var entries = Items(await JsonAsync(admin, "audit list", "--actor", adminName, "--limit", "3"));
        Assert.Equal(3, entries.Count);
        Assert.All(entries, e => Assert.Equal(adminName, Text(e, "actor")));
        var file = admin.TempPath("audit.jsonl");
        var written = await JsonAsync(admin, "audit export", "--format", "jsonl", "--output", file);
        var lines = await File.ReadAllLinesAsync(file);
        Assert.Equal(new FileInfo(file).Length, written.GetProperty("bytes").GetInt64());
        Assert.True(lines.Length > 20);
        Assert.All(lines, line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("action", out _)));
        (await admin.RunAsync("audit", "export", "--output", file)).Expect(ExitCodes.Failed);
        Assert.StartsWith(
            "\uFEFFid,at,actor_id",
            (await admin.RunAsync("audit", "export", "--actor", adminName)).Expect(ExitCodes.Done).Output,
            StringComparison.Ordinal);
        await JsonAsync(admin, "completion bash");
        Assert.Equal(adminName, Text(await JsonAsync(admin, "api", "auth/me"), "username"));
        Assert.StartsWith("krt_", Text(await JsonAsync(admin, "auth token print"), "token"), StringComparison.Ordinal);
        Assert.All(
            Items(await JsonAsync(admin, "doctor")), check => Assert.True(Text(check, "result") is "ok", check.GetRawText()));
        Assert.NotEmpty(Text(await JsonAsync(admin, "man"), "page"));
        Assert.NotEmpty(Text(await JsonAsync(admin, "version"), "version"));
        done["help"] = (await admin.RunAsync("help", "tasks", "list")).Expect(ExitCodes.Done).Output
            .Contains("--status", StringComparison.Ordinal);
    }

    private async Task<JsonElement> JsonAsync(TestCli cli, string command, params string[] rest)
    {
        Mark(command);
        return await cli.JsonAsync([.. command.Split(' '), .. rest]);
    }

    private async Task<JsonElement> JsonWithInputAsync(TestCli cli, string[] lines, string command, params string[] rest)
    {
        Mark(command);
        var run = (await cli.RunWithInputAsync(lines, [.. command.Split(' '), .. rest, "--json"])).Expect(ExitCodes.Done);
        Assert.All(lines, line => Assert.DoesNotContain(line, run.ToString(), StringComparison.Ordinal));
        return JsonDocument.Parse(run.Output).RootElement.Clone();
    }

    // "completion bash" is the command "completion" with an argument.
    private void Mark(string command) => done[command.StartsWith("completion", StringComparison.Ordinal) ? "completion" : command] = true;

    private TestCli Keep(TestCli cli)
    {
        machines.Add(cli);
        return cli;
    }

    private static List<JsonElement> Items(JsonElement list) => [.. list.EnumerateArray()];

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetInt64().ToString(CultureInfo.InvariantCulture)
            : json.GetProperty(name).GetString()!;
}
