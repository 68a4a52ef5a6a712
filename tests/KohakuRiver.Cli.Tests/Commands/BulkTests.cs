using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>The same done to several: each is tried and accounted for.</summary>
public sealed class BulkTests
{
    // Line | what came of each.
    public static TheoryData<string, string> Lines() => new()
    {
        { "approvals approve 1 2 3", "approved failed approved" },
        { "approvals reject 1 2 3 --yes", "rejected failed rejected" },
        { "approvals withdraw 1 2 3 --yes", "withdrawn failed withdrawn" },
        { "groups add g id:1 id:2 id:3", "added failed added" },
        { "groups add g id:1 nobody id:3", "added failed added" },
        { "groups remove g id:1 id:2 id:3", "removed failed removed" },
        { "auth session end 1 2 3 --yes", "ended failed ended" },
        { "auth session end --all --yes", "ended failed ended" },
        { "tasks kill 1 2 3 --yes", "killed failed killed" },
        { "task kill 1 2 3", "killed failed killed" },
        { "users disable id:1 id:2 id:3 --yes", "disabled failed disabled" },
        { "users disable id:1 nobody id:3 --yes", "disabled failed disabled" },
        { "users enable id:1 id:2 id:3", "enabled failed enabled" },
        { "users unlock id:1 id:2 id:3", "unlocked failed unlocked" },
        { "users end-sessions id:1 id:2 id:3 --yes", "ended failed ended" },
        { "users delete id:1 id:2 id:3 --yes", "deleted failed deleted" },
        { "groups delete g id:2 id:3 --yes", "deleted failed deleted" },
        { "groups delete g nobody --yes", "deleted failed" },
        { "invitations revoke 1 2 3 --yes", "revoked failed revoked" },
        { "auth token revoke 1 2 3 --yes", "revoked failed revoked" },
        { "auth token revoke 1 nobody 3 --yes", "revoked failed revoked" },
        { "vps delete box two box3 --yes", "deleted failed deleted" },
        { "vps delete box nobody --yes", "deleted failed" },
        { "vps unassign id:9 --user id:1 --user id:2 --group id:3 --yes", "unassigned failed unassigned" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Several_OfWhichOneFails_AreAllTriedAndAllReported(string line, string results)
    {
        foreach (var status in (int[])[409, 502, 401, 500])
        {
            await using var host = await StartAsync(status, failing: "2");
            using var cli = new TestCli(host.Address);

            var run = (await cli.RunAsync([.. line.Split(' '), "--json"])).Expect(ExitCodes.Failed);

            Assert.Equal(results, string.Join(' ', Rows(run).Select(r => r.GetProperty("result").GetString())));
            Assert.NotEmpty(run.Error);
        }
    }

    [Theory]
    [InlineData(409, ExitCodes.Failed)]
    [InlineData(401, ExitCodes.NotLoggedIn)]
    [InlineData(502, ExitCodes.Unreachable)]
    public async Task One_ThatFails_IsReportedWithItsOwnExitCode(int status, int exitCode)
    {
        await using var host = await StartAsync(status, failing: "2");
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync("approvals", "approve", "2", "--json")).Expect(exitCode);

        Assert.Equal("failed", Assert.Single(Rows(run)).GetProperty("result").GetString());
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Several_Interrupted_AreReportedAsFarAsTheyCame()
    {
        using var stop = new CancellationTokenSource();
        await using var host = await FakeHost.StartAsync(async http =>
        {
            if (http.Request.Path == "/api/approve/2")
            {
                await stop.CancelAsync();
                await FakeHost.UntilGoneAsync(http);
                return;
            }

            await FakeHost.JsonAsync(http, """{"message":"ok","task_id":"1"}""");
        });
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync(new FakeTerminal(), stop.Token, "approvals", "approve", "1", "2", "3", "--json");

        run.Expect(ExitCodes.Interrupted);
        Assert.Equal(
            ["ok", "Interrupted; it may be done or not.", "Not tried."], Rows(run).Select(r => r.GetProperty("message").GetString()));
        Assert.DoesNotContain(host.Requests, r => r.Contains("approve/3", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Task is being killed.", "Task 1 is being stopped.\nTask 2 is being stopped.\n")]
    [InlineData("Stopping 1 and 2.", "Stopping 1 and 2.\nStopping 1 and 2.\n")]
    public async Task Kill_OfSeveral_SaysWhich(string message, string expected)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, $$"""{"message":"{{message}}"}"""));
        using var cli = new TestCli(host.Address);

        Assert.Equal(expected, (await cli.RunAsync("tasks", "kill", "1", "2", "--yes")).Expect(ExitCodes.Done).Output);
    }

    [Theory]
    [InlineData("users disable ann", "Disable ann (id 1) and end their sessions? [y/N]")]
    [InlineData("users delete ann bob ANN", "Delete users ann, bob permanently? [y/N]")]
    [InlineData("groups delete lab", "Delete the group lab (id 1) with its 3 memberships and VPS assignments? [y/N]")]
    [InlineData("tasks kill 1 2 3", "Kill tasks 1, 2, 3? [y/N]")]
    [InlineData("tasks kill 1 2 3 4 5 6 7 8 9 10 11 12", "Kill 12 tasks 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more? [y/N]")]
    [InlineData("approvals reject 1 2", "Reject tasks 1, 2? [y/N]")]
    [InlineData("users delete nobody bob", "Delete bob (id 2) permanently? [y/N]")]
    [InlineData("auth token revoke ci", "Revoke the token 'ci' (id 1)? [y/N]")]
    [InlineData("auth token revoke ci 5", "Revoke the tokens ci, 5? [y/N]")]
    [InlineData("vps delete box", "Delete the VPS box (id 9)? [y/N]")]
    public async Task Several_AreAskedAboutOnce_ByName(string line, string question)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path.Value switch
        {
            "/api/auth/users" => """[{"id":1,"username":"ann","role":"user"},{"id":2,"username":"bob","role":"user"}]""",
            "/api/auth/groups" => """[{"id":1,"name":"lab","member_count":3}]""",
            "/api/auth/tokens" => """[{"id":1,"name":"ci"}]""",
            "/api/vps" => """[{"vps_id":"9","name":"box"}]""",
            _ => "{}",
        }));
        using var cli = new TestCli(host.Address);
        var terminal = new FakeTerminal { CanAsk = true, Typed = new Queue<string>(["n"]) };

        var run = (await cli.RunAsync(terminal, CancellationToken.None, line.Split(' '))).Expect(ExitCodes.Failed);

        Assert.StartsWith(question, run.Errors, StringComparison.Ordinal);
        Assert.All(host.Requests, r => Assert.StartsWith("GET ", r, StringComparison.Ordinal));
    }

    private static IReadOnlyList<JsonElement> Rows(CliRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];

    private static Task<FakeHost> StartAsync(int status, string failing) => FakeHost.StartAsync(http =>
    {
        var path = http.Request.Path.Value!["/api/".Length..];
        var isChange = http.Request.Method != "GET";
        return isChange && path.Split('/').Contains(failing, StringComparer.Ordinal)
            ? status == 502 ? FakeHost.JsonAsync(http, "<html>", status, "text/html") : FakeHost.ProblemAsync(http, status, "No.")
            : FakeHost.JsonAsync(http, path switch
            {
                "auth/groups" => """[{"id":5,"name":"g"}]""",
                "auth/users/2" or "auth/groups/2" when !isChange => """{"id":2,"username":"u2","name":"h2","role":"user"}""",
                "vps" => """[{"vps_id":"9","name":"box"},{"vps_id":"2","name":"two"},{"vps_id":"3","name":"box3"}]""",
                "auth/sessions" when !isChange => """[{"id":1},{"id":2},{"id":3}]""",
                _ when isChange => $$"""{"message":"ok","task_id":"{{path.Split('/')[^1]}}","username":"u","role":"user"}""",
                _ when path.StartsWith("auth/users/", StringComparison.Ordinal) =>
                    $$"""{"id":{{path.Split('/')[^1]}},"username":"u{{path.Split('/')[^1]}}","role":"user"}""",
                _ when path.StartsWith("auth/groups/", StringComparison.Ordinal) => """{"id":3,"name":"h"}""",
                _ => "[]",
            });
    });
}
