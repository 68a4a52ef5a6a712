using System.Globalization;
using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary>Lists on terminals of the usual width, and long ones.</summary>
public sealed class ListTests
{
    private const int AllThereAre = 305;

    [Theory]
    [InlineData("tasks list", "TASK", "COMMAND", "STATUS")]
    [InlineData("users list", "USERNAME", "ROLE", "STATE")]
    [InlineData("audit list", "WHEN", "WHO", "WHAT")]
    [InlineData("auth token list", "NAME", "OWNER", "EXPIRES")]
    [InlineData("groups list", "NAME", "MEMBERS", "LIMITS")]
    [InlineData("vps list", "NAME", "STATUS", "NODE")]
    [InlineData("approvals list", "TASK", "FROM", "COMMAND")]
    [InlineData("approvals history", "TASK", "COMMAND", "STATUS")]
    [InlineData("invitations list", "ROLE", "OPEN", "EXPIRES")]
    [InlineData("auth session list", "ID", "LAST SEEN", "ADDRESS")]
    [InlineData("nodes list", "NODE", "STATUS")]
    [InlineData("vps unknown", "ID")]
    public async Task List_OnATerminalOf80Columns_IsATableThatFits(string line, params string[] titles)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address) { Environment = { ["NO_COLOR"] = "1" } };

        var run = (await RunAsync(cli, 80, line.Split(' '))).Expect(ExitCodes.Done);

        var lines = run.Output.Split('\n');
        Assert.All(titles, title => Assert.Contains(title, lines[0], StringComparison.Ordinal));
        Assert.All(lines, l => Assert.InRange(l.Length, 0, 80));
    }

    [Fact]
    public async Task List_WithLittleRoom_HasRelativeTimes_AndWholeOnesInAPipe()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.Contains("3 h ago", (await RunAsync(cli, 80, "users", "list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ago", (await cli.RunAsync("users", "list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ago", (await RunAsync(cli, 400, "users", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Wide_HasAllColumnsOnOneLineEach()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var wide = (await RunAsync(cli, 40, "tasks", "list", "--output", "wide")).Expect(ExitCodes.Done).Output.Split('\n');

        Assert.All(
            (string[])["TASK", "STATUS", "FROM", "COMMAND", "NODE", "SUBMITTED", "ENDED", "EXIT"],
            title => Assert.Contains(title, wide[0], StringComparison.Ordinal));
        Assert.Equal(52, wide.Length);
    }

    [Fact]
    public async Task Columns_AreThoseAskedFor()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("users", "list", "--columns", "role,Display-Name");

        Assert.Matches("^ROLE +DISPLAY NAME\n", run.Expect(ExitCodes.Done).Output);
        Assert.StartsWith(
            "--columns takes id,username,",
            (await cli.RunAsync("users", "list", "--columns", "nme")).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users list --columns ,", "needs the titles")]
    [InlineData("users list --columns role --json", "goes with tables and CSV")]
    [InlineData("users list --columns role --output ids", "goes with tables and CSV")]
    [InlineData("users list --columns role --query []", "goes with tables and CSV")]
    public async Task Columns_ThatWouldBeIgnored_AreRefused(string line, string expected)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.Contains(expected, (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("users list", 50, "Showing 50 of 305; --all shows all of them.")]
    [InlineData("users list --all", AllThereAre, null)]
    [InlineData("users list --limit 7", 7, null)]
    [InlineData("tasks list", 50, "Showing 50 of 305; --all shows all of them.")]
    [InlineData("audit list", 100, "Showing 100 of 305; --all shows all of them.")]
    [InlineData("audit list --all", AllThereAre, null)]
    [InlineData("audit list --limit 7", 7, null)]
    public async Task LongList_OnATerminal_ShowsSomeAndSaysSo(string line, int rows, string? note)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = (await RunAsync(cli, 400, line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(rows + 1, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(note ?? "", run.Errors.Trim());
    }

    [Theory]
    [InlineData("users list", AllThereAre, false)]
    [InlineData("users list --output json", AllThereAre, false)]
    [InlineData("audit list --json", 100, true)]
    public async Task LongList_InAPipe_IsWholeButForTheAuditLog(string line, int rows, bool isSaid)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(rows, run.Output.StartsWith('[')
            ? JsonDocument.Parse(run.Output).RootElement.GetArrayLength()
            : run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1);
        Assert.Equal(isSaid, run.Errors.Contains("Showing 100 of 305", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tasks_AsJson_AreWithoutTheirOutput()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var row = (await cli.JsonAsync("tasks", "list"))[0];

        Assert.Equal("1", row.GetProperty("task_id").GetString());
        Assert.False(row.TryGetProperty("stdout", out _) || row.TryGetProperty("stderr", out _));
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(59, "59 min ago")]
    [InlineData(60 * 23, "23 h ago")]
    [InlineData(60 * 24 * 59, "59 d ago")]
    [InlineData(60 * 24 * 90, "2026-01-01")]
    [InlineData(-90, "in 1 h")]
    public void Time_ShownRelative_IsShort(int minutes, string expected)
    {
        var now = new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(expected, Show.Ago(now.AddMinutes(-minutes), now));
    }

    private static Task<CliRun> RunAsync(TestCli cli, int width, params string[] arguments) =>
        cli.RunAsync(new FakeTerminal { OutIsTerminal = true, Width = width }, CancellationToken.None, arguments);

    // Pages as a host has them, of as many rows as were asked for.
    private static Task<FakeHost> StartAsync() => FakeHost.StartAsync(http =>
    {
        var from = int.Parse(http.Request.Query["cursor"].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
        var count = Math.Min(int.Parse(http.Request.Query["limit"].FirstOrDefault() ?? "40", CultureInfo.InvariantCulture), 500);
        var rows = Enumerable.Range(from + 1, Math.Min(count, AllThereAre - from)).Select(Row).ToList();
        http.Response.Headers["X-Total-Count"] = AllThereAre.ToString(CultureInfo.InvariantCulture);
        if (from + rows.Count < AllThereAre)
        {
            http.Response.Headers.Link = $"<{http.Request.Path}?cursor={from + rows.Count}&limit={count}>; rel=\"next\"";
        }

        return FakeHost.JsonAsync(http, JsonSerializer.Serialize(rows));
    });

    private static Dictionary<string, object?> Row(int number)
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-3).AddMinutes(-5);
        return new(StringComparer.Ordinal)
        {
            ["id"] = number, ["task_id"] = number == 1 ? "1" : "384998558414489321", ["vps_id"] = "384870116594474364",
            ["username"] = "somebody", ["display_name"] = "Somebody Else Entirely", ["role"] = "operator", ["is_active"] = true,
            ["name"] = "a-rather-long-name", ["description"] = "What it is for, in many words", ["tier"] = 1, ["member_count"] = 3,
            ["limits"] = new { max_tasks = 10 }, ["created_at"] = at, ["last_login"] = at, ["active_sessions"] = 2, ["last_used"] = at,
            ["prefix"] = "krt_abcd", ["owner"] = new { id = 1, username = "somebody" }, ["status"] = "completed", ["command"] = "python",
            ["arguments"] = new[] { "train.py", "--epochs", "300", "--name", "something" }, ["assigned_node"] = "node-17",
            ["owner_username"] = "somebody", ["submitted_at"] = at, ["completed_at"] = at, ["exit_code"] = 0, ["stdout"] = "much",
            ["stderr"] = "more", ["node"] = "node-17", ["at"] = at, ["actor"] = "somebody", ["credential"] = "token:12",
            ["ip"] = "192.168.100.200", ["action"] = "task.submit", ["target_type"] = "task", ["target"] = "python",
            ["outcome"] = "success",
            ["detail"] = "approved at once, as it does for operators", ["decided_at"] = at, ["decided_by"] = "administrator",
            ["rejection_reason"] = "There is no room for it this week", ["hostname"] = "node-17", ["last_seen"] = at,
            ["user_agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", ["expires_at"] = at,
            ["max_usage"] = 20, ["usage_count"] = 3, ["is_valid"] = true, ["group_id"] = 7,
        };
    }
}
