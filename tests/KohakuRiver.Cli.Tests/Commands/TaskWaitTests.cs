using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>Commands that wait for a task, while the host comes and goes.</summary>
public sealed class TaskWaitTests
{
    private const string Running = """{"task_id":"7","status":"running","stdout":"begun\n"}""";
    private const string Ended = """{"task_id":"7","status":"failed","exit_code":3,"stdout":"begun\nover\n"}""";

    [Theory]
    [InlineData("tasks submit --wait -- x", "Task 7 submitted: pending.")]
    [InlineData("tasks submit --wait --json -- x", "Task 7 submitted: pending.")]
    [InlineData("tasks logs 7 --follow", "Task 7 failed with exit code 3.")]
    public async Task Outages_WhileWaiting_AreWaitedOut(string line, string said)
    {
        var polls = 0;
        await using var host = await FakeHost.StartAsync(http => http.Request.Method == "POST" ? Submitted(http) : ++polls switch
        {
            1 => FakeHost.JsonAsync(http, Running),
            2 => Proxy(http, 502),
            3 => Abort(http),
            _ => FakeHost.JsonAsync(http, Ended),
        });
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync(line.Split(' '));

        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        Assert.Equal(2, run.Errors.Split("Trying again in ").Length - 1);
        Assert.Contains("over", run.Output, StringComparison.Ordinal);
        Assert.Single(run.Output.Split("begun").Skip(1));
    }

    [Fact]
    public async Task Submission_WithAnOutageRightAfterIt_IsFollowedAnyway()
    {
        var polls = 0;
        await using var host = await FakeHost.StartAsync(http => http.Request.Method == "POST" ? Submitted(http)
            : ++polls == 1 ? Proxy(http, 503) : FakeHost.JsonAsync(http, Ended));
        using var cli = new TestCli(host.Address);

        Assert.Equal(3, (await cli.RunAsync("tasks", "submit", "--wait", "--", "x")).ExitCode);
    }

    [Fact]
    public async Task Logs_WithNobodyThereFromTheStart_EndAtOnce()
    {
        await using var host = await FakeHost.StartAsync(http => Proxy(http, 502));
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync("tasks", "logs", "7", "-f")).Expect(ExitCodes.Unreachable);
    }

    [Fact]
    public async Task Waiting_WithATokenThatIsRevokedMeanwhile_Ends()
    {
        var polls = 0;
        await using var host = await FakeHost.StartAsync(http =>
            ++polls == 1 ? FakeHost.JsonAsync(http, Running) : FakeHost.ProblemAsync(http, 401, "No."));
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync("tasks", "logs", "7", "-f")).Expect(ExitCodes.NotLoggedIn);
    }

    [Theory]
    [InlineData("completed", "0", 0)]
    [InlineData("completed", "null", 0)]
    [InlineData("completed", "4", 4)]
    [InlineData("failed", "2", 2)]
    [InlineData("failed", "0", 1)]
    [InlineData("failed", "null", 1)]
    [InlineData("killed", "137", 137)]
    [InlineData("killed", "-9", 1)]
    [InlineData("failed", "256", 1)]
    [InlineData("rejected", "null", 1)]
    public async Task Waiting_EndsWithTheTasksOwnExitCode(string status, string code, int expected)
    {
        await using var host = await FakeHost.StartAsync(http => http.Request.Method == "POST" ? Submitted(http)
            : FakeHost.JsonAsync(http, $$"""{"task_id":"7","status":"{{status}}","exit_code":{{code}}}"""));
        using var cli = new TestCli(host.Address);

        Assert.Equal(expected, (await cli.RunAsync("tasks", "submit", "--wait", "--", "x")).ExitCode);
        Assert.Equal(expected, (await cli.RunAsync("tasks", "logs", "7", "--follow")).ExitCode);
        Assert.Equal(expected, (await cli.RunAsync("tasks", "logs", "7", "--follow", "--json")).ExitCode);
        Assert.Equal(ExitCodes.Done, (await cli.RunAsync("tasks", "logs", "7")).ExitCode);
    }

    private static Task Submitted(HttpContext http) =>
        FakeHost.JsonAsync(http, """{"message":"ok","task_ids":["7"],"status":"pending"}""");

    private static Task Proxy(HttpContext http, int status) => FakeHost.JsonAsync(http, "<html>", status, "text/html");

    private static Task Abort(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
