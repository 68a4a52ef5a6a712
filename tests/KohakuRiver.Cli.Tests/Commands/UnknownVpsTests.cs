using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>Instances that the host does not have, by the ids under which they are assigned.</summary>
public sealed class UnknownVpsTests
{
    private const string Row =
        """{"task_id":"77","known":false,"assignments":[{"user_id":5,"username":"ann","display_name":"Ann"}],"groups":[]}""";

    [Theory]
    [InlineData("vps unassign 77 --user id:5 --yes", "DELETE /api/vps/77/assign/5")]
    [InlineData("vps delete id:77 --yes", "DELETE /api/vps/77")]
    [InlineData("vps access 77", "GET /api/vps/77/assignments")]
    public async Task Command_AboutAVpsTheHostDoesNotHave_TakesItsId(string line, string request)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Done);

        Assert.Equal(request, host.Requests[^1]);
    }

    [Theory]
    [InlineData("vps assign 77 --user id:5")]
    [InlineData("vps exec 77 -- echo")]
    [InlineData("vps access 78")]
    public async Task Command_ThatNeedsAnInstance_SaysThatThereIsNone(string line)
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync(line.Split(' '))).Expect(ExitCodes.Failed);

        Assert.Contains("There is no VPS", run.Error, StringComparison.Ordinal);
        Assert.All(host.Requests, r => Assert.StartsWith("GET ", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Unknown_WithAssignments_ShowsIdAndNames()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync("vps", "unknown")).Expect(ExitCodes.Done);

        Assert.Matches(@"77\s+ann", run.Output);
    }

    private static Task<FakeHost> StartAsync() => FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path.Value switch
    {
        "/api/auth/vps/unknown" => $"[{Row}]",
        "/api/vps/77/assignments" => Row,
        "/api/auth/users/5" => """{"id":5,"username":"ann","role":"user"}""",
        _ when http.Request.Method == "GET" => "[]",
        _ => """{"message":"ok"}""",
    }));
}
