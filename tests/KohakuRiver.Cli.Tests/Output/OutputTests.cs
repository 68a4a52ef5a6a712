using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Output;

public sealed class OutputTests
{
    // Broken into two lines a link cannot be copied.
    [Theory]
    [InlineData("invitations create")]
    [InlineData("users create bob --link")]
    [InlineData("users reset-link id:7")]
    [InlineData("auth token create ci")]
    public async Task Link_OnANarrowTerminal_StaysOneLine(string line)
    {
        var secret = "https://river.example.org/admin/register?token=" + new string('x', 80);
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, $$"""
            {"id":7,"username":"bob","role":"user","url":"{{secret}}","token":"{{secret}}","code":"{{secret}}","max_usage":1}
            """));
        using var cli = new TestCli(host.Address);
        var terminal = new FakeTerminal { OutIsTerminal = true, Width = 60 };

        var run = await cli.RunAsync(terminal, CancellationToken.None, line.Split(' '));

        Assert.Contains(run.Expect(ExitCodes.Done).Output.Split('\n'), l => l.EndsWith(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", false, null)]
    [InlineData(",\"locked_until\":null", true, null)]
    [InlineData(",\"locked_until\":\"2026-11-28T01:02:03Z\"", true, "2026-11-28T01:02:03+00:00")]
    public async Task Json_OfAFieldForAdmins_HasItWhereTheHostGaveIt(string sent, bool isShown, string? expected)
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, $$"""{"id":5,"username":"ann","role":"user","is_active":true{{sent}}}"""));
        using var cli = new TestCli(host.Address);

        var user = await cli.JsonAsync("auth", "whoami");

        Assert.Equal(isShown, user.TryGetProperty("locked_until", out var shown));
        Assert.Equal(expected, isShown ? shown.GetString() : null);
    }

    private const string Waiting = """
        [{"task_id":"1234","task_type":"command","command":"python",
          "arguments":["train.py","--name","a rather long name of a run that goes on and on"],"required_cores":2,
          "required_memory_bytes":4294967296,"required_gpus":[0,1],"target_node":"node-1","owner_id":2,"owner_username":"ann",
          "status":"pending_approval","submitted_at":"2026-01-02T03:04:05Z","details":{"env SEED":"7"}},
         {"task_id":"1235","task_type":"command","command":"echo","arguments":["\u001b[2Jhidden","\u202egnp"],
          "required_cores":0,"required_memory_bytes":null,"required_gpus":[],"target_node":null,"owner_id":2,"owner_username":"ann",
          "status":"pending_approval","submitted_at":"2026-01-02T03:04:05Z","details":{}}]
        """;

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Table_OnATerminal_FitsItsWidthAndLosesNothing(int width)
    {
        var run = await ListAsync(new FakeTerminal { OutIsTerminal = true, Width = width }, ("NO_COLOR", "1"));

        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= width, $"{line.Length}: {line}"));
        foreach (var word in new[] { "1234", "ann", "python", "train.py", "4 GiB", "node-1", "SEED=7" })
        {
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Table_InAPipe_IsOneLineARowWithoutColour()
    {
        var run = await ListAsync(new FakeTerminal());

        Assert.Equal(3, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("a rather long name of a run that goes on and on", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public async Task Text_OfOthers_CannotRewriteTheTerminal()
    {
        var run = await ListAsync(new FakeTerminal { OutIsTerminal = true, Width = 200 }, ("NO_COLOR", "1"));

        Assert.DoesNotContain('\u001b', run.Output);
        Assert.DoesNotContain('\u202e', run.Output);
        Assert.Contains("\u27E8U+001B\u27E9[2Jhidden", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("1", false)]
    [InlineData("", true)]
    public async Task Colour_IsOffWhenNoColorIsSet(string? noColor, bool hasColour)
    {
        var run = await ListAsync(new FakeTerminal { OutIsTerminal = true, Width = 200 }, noColor is null ? null : ("NO_COLOR", noColor));

        Assert.Equal(hasColour, run.Output.Contains("\u001b[1m", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_IsAllThereIsOnStandardOutput_WithEveryField()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, Waiting));
        using var cli = new TestCli(host.Address);

        var rows = await cli.JsonAsync("approvals", "list");

        Assert.Equal(
            ["task_id", "task_type", "command", "arguments", "required_cores", "required_memory_bytes", "required_gpus", "target_node",
                "owner_id", "owner_username",
             "status", "submitted_at", "details", "decided_by", "decided_at", "rejection_reason", "delivered_at"],
            rows[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("target_node").ValueKind);
        Assert.Equal("\u001b[2Jhidden", rows[1].GetProperty("arguments")[0].GetString());
    }

    [Fact]
    public async Task Approvals_WithSecretOrRemovedParts_SaySo()
    {
        const string Rows = """
            [{"task_id":"1234","command":"python","arguments":null,"status":"approved","details":null},
             {"task_id":"1235","command":"echo","arguments":[],"status":"approved","details":{"env MODE":"","env TOKEN":null}}]
            """;
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, Rows));
        using var cli = new TestCli(host.Address);

        var history = (await cli.RunAsync("approvals", "history")).Output.Split('\n');
        Assert.Contains("python (arguments removed after retention)", history[1], StringComparison.Ordinal);
        Assert.DoesNotContain("removed", history[2], StringComparison.Ordinal);
        Assert.Contains("env MODE=, env TOKEN (secret)", (await cli.RunAsync("approvals", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyList_IsANoteForPeopleAndAnEmptyArrayForScripts()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("approvals", "list");

        Assert.Empty(run.Output);
        Assert.Contains("No tasks are waiting", run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await cli.JsonAsync("approvals", "list")).GetArrayLength());
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(4294967296, "4 GiB")]
    public void Bytes_AreShownInTheirUnit(long bytes, string expected) => Assert.Equal(expected, Show.Bytes(bytes));

    [Fact]
    public void CommandLine_IsShownAsOneWouldTypeIt() =>
        Assert.Equal("sh -c 'echo '\\''hi'\\''' ''", Show.CommandLine("sh", ["-c", "echo 'hi'", ""]));

    private static async Task<CliRun> ListAsync(FakeTerminal terminal, (string Name, string Value)? variable = null)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, Waiting));
        using var cli = new TestCli(host.Address);
        if (variable is { } set)
        {
            cli.Environment[set.Name] = set.Value;
        }

        return (await cli.RunAsync(terminal, CancellationToken.None, "approvals", "list")).Expect(ExitCodes.Done);
    }
}
