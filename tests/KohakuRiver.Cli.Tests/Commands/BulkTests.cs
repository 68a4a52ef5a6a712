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

    private static IReadOnlyList<JsonElement> Rows(CliRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];

    private static Task<FakeHost> StartAsync(int status, string failing) => FakeHost.StartAsync(http =>
    {
        var path = http.Request.Path.Value!["/api/".Length..];
        var isChange = http.Request.Method != "GET";
        return isChange && path.EndsWith("/" + failing, StringComparison.Ordinal)
            ? status == 502 ? FakeHost.JsonAsync(http, "<html>", status, "text/html") : FakeHost.ProblemAsync(http, status, "No.")
            : FakeHost.JsonAsync(http, path switch
            {
                "auth/groups" => """[{"id":5,"name":"g"}]""",
                "vps" => """[{"vps_id":"9","name":"box"}]""",
                "auth/sessions" when !isChange => """[{"id":1},{"id":2},{"id":3}]""",
                _ when isChange => $$"""{"message":"ok","task_id":"{{path.Split('/')[^1]}}"}""",
                _ when path.StartsWith("auth/users/", StringComparison.Ordinal) =>
                    $$"""{"id":{{path.Split('/')[^1]}},"username":"u{{path.Split('/')[^1]}}","role":"user"}""",
                _ when path.StartsWith("auth/groups/", StringComparison.Ordinal) => """{"id":3,"name":"h"}""",
                _ => "[]",
            });
    });
}
