using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>Several at once: ids from standard input, all that wait, and waiting for tasks.</summary>
public sealed class QueueTests
{
    private const string Waiting = """
        [{"task_id":"3","owner_username":"bob","command":"c","status":"pending_approval","submitted_at":"2026-01-03T00:00:00Z"},
         {"task_id":"2","owner_username":"ann","command":"rm\u202e","status":"pending_approval","submitted_at":"2026-01-02T00:00:00Z"},
         {"task_id":"1","owner_username":"ann","command":"a","status":"pending_approval","submitted_at":"2026-01-01T00:00:00Z"}]
        """;

    // Line | the changes that are made.
    public static TheoryData<string, string> Lines() => new()
    {
        { "approvals approve -", "POST /api/approve/7|POST /api/approve/8" },
        { "approvals approve 6 - 9", "POST /api/approve/6|POST /api/approve/7|POST /api/approve/8|POST /api/approve/9" },
        { "approvals reject - --yes", "POST /api/reject/7|POST /api/reject/8" },
        { "approvals withdraw - --yes", "POST /api/withdraw/7|POST /api/withdraw/8" },
        { "groups add id:3 -", "PUT /api/auth/groups/3/members/7|PUT /api/auth/groups/3/members/8" },
        { "groups remove id:3 -", "DELETE /api/auth/groups/3/members/7|DELETE /api/auth/groups/3/members/8" },
        { "auth session end - --yes", "DELETE /api/auth/sessions/7|DELETE /api/auth/sessions/8" },
        { "tasks kill - --yes", "POST /api/kill/7|POST /api/kill/8" },
        { "users disable - --yes", "PATCH /api/auth/users/7|PATCH /api/auth/users/8" },
        { "users enable -", "PATCH /api/auth/users/7|PATCH /api/auth/users/8" },
        { "users unlock -", "POST /api/auth/users/7/unlock|POST /api/auth/users/8/unlock" },
        { "users end-sessions - --yes", "DELETE /api/auth/users/7/sessions|DELETE /api/auth/users/8/sessions" },
        { "users delete - --yes", "DELETE /api/auth/users/7|DELETE /api/auth/users/8" },
        { "invitations revoke - --yes", "DELETE /api/auth/invitations/7|DELETE /api/auth/invitations/8" },
        { "auth token revoke - --yes", "DELETE /api/auth/tokens/7|DELETE /api/auth/tokens/8" },
        { "vps assign id:5 --user -", "POST /api/vps/5/assign" },
        { "vps unassign id:5 --user - --yes", "DELETE /api/vps/5/assign/7|DELETE /api/vps/5/assign/8" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Dash_StandsForTheIdsOnStandardInput(string line, string changes)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        (await cli.RunWithInputAsync(["7", " 8 ", "", "7"], line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(changes.Split('|'), host.Requests.Where(r => !r.StartsWith("GET", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("approvals approve - --json")]
    [InlineData("approvals reject - --json")]
    [InlineData("groups add id:3 - --json")]
    [InlineData("auth session end - --json")]
    [InlineData("tasks kill - --json")]
    [InlineData("users delete - --json")]
    [InlineData("invitations revoke - --json")]
    [InlineData("auth token revoke - --json")]
    [InlineData("vps delete - --json")]
    public async Task Dash_WithNothingOnStandardInput_DoesNothing(string line)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.Equal("[]\n", (await cli.RunWithInputAsync([], line.Split(' '))).Expect(ExitCodes.Done).Output);
        Assert.All(host.Requests, r => Assert.StartsWith("GET", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("approvals approve --all --from ANN --yes", "approve/1 approve/2")]
    [InlineData("approvals approve --all -y", "approve/1 approve/2 approve/3")]
    [InlineData("approvals reject --all --from bob -y --reason no", "reject/3")]
    [InlineData("approvals approve --all --from nobody -y", "")]
    public async Task All_IsWhatWaits_OldestFirst(string line, string decided)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(decided.Split(' ', StringSplitOptions.RemoveEmptyEntries), Decisions(host));
    }

    [Theory]
    [InlineData("y", ExitCodes.Done, "approve/1 approve/2")]
    [InlineData("n", ExitCodes.Failed, "")]
    public async Task All_OnATerminal_ShowsWhatItAsksAbout(string answer, int exitCode, string decided)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);
        var terminal = new FakeTerminal { CanAsk = true, Typed = new Queue<string>([answer]) };

        var run = (await cli.RunAsync(terminal, CancellationToken.None, "approvals", "approve", "--all", "--from", "ann", "--json"))
            .Expect(exitCode);

        Assert.Matches(@"(?s)TASK.*1 +ann +a.*2 +ann +'rm⟨U\+202E⟩'.*Approve these 2 tasks\? \[y/N\]", run.Errors);
        Assert.DoesNotContain("bob", run.Errors, StringComparison.Ordinal);
        Assert.Equal(decided.Split(' ', StringSplitOptions.RemoveEmptyEntries), Decisions(host));
    }

    [Theory]
    [InlineData("approvals approve", "<task> is missing")]
    [InlineData("approvals approve 1 --all", "or --all")]
    [InlineData("approvals approve 1 --from ann", "--from goes with --all")]
    [InlineData("approvals approve --all", "add --yes")]
    [InlineData("approvals reject 1", "add --yes")]
    public async Task Choice_ThatIsNotClear_IsUsage(string line, string expected)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        Assert.Contains(expected, (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
        Assert.Empty(Decisions(host));
    }

    [Theory]
    [InlineData("1 2", 0, "Task 1 completed.\nTask 2 completed.\n")]
    [InlineData("1 3 2", 3, "Task 1 completed.\nTask 3 failed with exit code 3.\nTask 2 completed.\n")]
    [InlineData("4", 1, "Task 4 rejected: no.\n")]
    [InlineData("1 404", 1, "")]
    [InlineData("-", 3, "Task 3 failed with exit code 3.\n")]
    public async Task Wait_EndsWithTheExitCodeOfTheTasks(string ids, int exitCode, string expected)
    {
        var looks = 0;
        await using var host = await FakeHost.StartAsync(http => http.Request.Path.Value!.Split('/')[^1] switch
        {
            "1" when Interlocked.Increment(ref looks) < 3 => AnswerAsync(http, 1, "running"),
            "1" => AnswerAsync(http, 1, "completed"),
            "2" => AnswerAsync(http, 2, "completed", "\"exit_code\":0"),
            "3" => AnswerAsync(http, 3, "failed", "\"exit_code\":3"),
            "4" => AnswerAsync(http, 4, "rejected", "\"rejection_reason\":\"no\""),
            _ => FakeHost.ProblemAsync(http, 404, "Not found."),
        });
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunWithInputAsync(["3"], ["tasks", "wait", .. ids.Split(' ')])).Expect(exitCode);

        Assert.Equal(expected, run.Output);
    }

    [Fact]
    public async Task Wait_WhoseTimeIsUp_Is124_AndShowsWhatHasEnded()
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, $$"""{"task_id":"{{http.Request.Path.Value![^1]}}","status":"{{(
                http.Request.Path.Value[^1] == '1' ? "completed" : "running")}}"}"""));
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync("tasks", "wait", "1", "2", "--timeout", "1s", "--json")).Expect(ExitCodes.TimedOut);

        Assert.Equal("1", Assert.Single(JsonDocument.Parse(run.Output).RootElement.EnumerateArray()).GetProperty("task_id").GetString());
        Assert.StartsWith("{\"error\":\"timed_out\"", run.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("0", null)]
    [InlineData("1w", null)]
    [InlineData("31d", null)]
    [InlineData("-5", null)]
    [InlineData("s", null)]
    public void Span_IsSecondsOrHasAUnit(string text, int? seconds)
    {
        if (seconds is { } expected)
        {
            Assert.Equal(TimeSpan.FromSeconds(expected), Durations.Span(text, "--timeout"));
        }
        else
        {
            Assert.Equal(ExitCodes.Usage, Assert.Throws<CliException>(() => Durations.Span(text, "--timeout")).ExitCode);
        }
    }

    [Fact]
    public async Task Help_OfWait_HasOneTimeout()
    {
        using var cli = new TestCli();

        Assert.Single((await cli.RunAsync("tasks", "wait", "--help")).Output.Split('\n'), l =>
            l.TrimStart().StartsWith("--timeout ", StringComparison.Ordinal));
        Assert.Contains("--timeout <SECONDS>", (await cli.RunAsync("tasks", "list", "--help")).Output, StringComparison.Ordinal);
    }

    private static Task AnswerAsync(HttpContext http, int id, string status, string? more = null) =>
        FakeHost.JsonAsync(http, $$"""{"task_id":"{{id}}","status":"{{status}}"{{(more is null ? "" : "," + more)}}}""");

    private static IEnumerable<string> Decisions(FakeHost host) => host.Requests
        .Where(r => r.StartsWith("POST /api/", StringComparison.Ordinal)).Select(r => r["POST /api/".Length..]);

    private static Task<FakeHost> StartAsync() => FakeHost.StartAsync(http =>
    {
        var path = http.Request.Path.Value!["/api/".Length..];
        return FakeHost.JsonAsync(http, path switch
        {
            "tasks/pending-approval" => Waiting,
            "vps" => """[{"vps_id":"5","name":"box"}]""",
            "auth/groups/3" => """{"id":3,"name":"g"}""",
            "auth/users" or "auth/groups" or "auth/tokens" => "[]",
            _ when http.Request.Method == "GET" => $$"""{"id":{{path.Split('/')[^1]}},"username":"u","role":"user"}""",
            _ => $$"""{"message":"ok","task_id":"{{path.Split('/')[^1]}}"}""",
        });
    });
}
