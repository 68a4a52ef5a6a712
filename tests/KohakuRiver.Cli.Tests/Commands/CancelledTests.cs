using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Commands;

public sealed class CancelledTests
{
    [Theory]
    [InlineData("users list")]
    [InlineData("tasks logs 1 --follow")]
    [InlineData("audit export")]
    [InlineData("approvals approve 1 2")]
    [InlineData("users list --json")]
    public async Task Command_CancelledWhileTheHostIsSilent_Is130(string command)
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await FakeHost.StartAsync(async http =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_x" } };

        var running = cli.RunAsync(new FakeTerminal(), stop.Token, command.Split(' '));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        await stop.CancelAsync();

        var run = await running;
        Assert.Equal(130, run.Expect(ExitCodes.Interrupted).ExitCode);
        Assert.Equal("", run.Output + run.Errors);
    }
}
