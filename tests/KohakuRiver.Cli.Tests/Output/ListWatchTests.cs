using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary><c>--watch</c> of lists.</summary>
public sealed class ListWatchTests
{
    [Fact]
    public async Task Watch_OnATerminal_DrawsInPlace_UntilItIsStopped()
    {
        var looks = 0;
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, $$"""[{"hostname":"n{{Interlocked.Increment(ref looks)}}","status":"online"}]"""));
        using var cli = new TestCli(host.Address);
        using var screen = new SpokenWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var watching = cli.RunAsync(
            new FakeTerminal { OutIsTerminal = true, OutOverride = screen }, stop.Token, "nodes", "list", "--watch", "--no-color");
        await screen.UntilAsync("n1 ", stop.Token);
        await screen.UntilAsync("n2 ", stop.Token);
        await stop.CancelAsync();

        (await watching).Expect(ExitCodes.Interrupted);
        Assert.StartsWith("\u001b[2J\u001b[H", screen.Text, StringComparison.Ordinal);
        Assert.Single(screen.Text.Split("\u001b[2J")[1..]);
        Assert.Equal(looks, screen.Text.Split("\u001b[H").Length - 1);
    }

    [Fact]
    public async Task Watch_OfMoreThanFits_SaysHowMuchIsLeftOut()
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, JsonSerializer.Serialize(Enumerable.Range(1, 40).Select(n => new { hostname = "n" + n }))));
        using var cli = new TestCli(host.Address);
        using var screen = new SpokenWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var watching = cli.RunAsync(
            new FakeTerminal { OutIsTerminal = true, OutOverride = screen, Height = 13 }, stop.Token, "nodes", "list", "--watch");
        await screen.UntilAsync("… 31 more lines", stop.Token);
        await stop.CancelAsync();

        (await watching).Expect(ExitCodes.Interrupted);
    }

    [Fact]
    public async Task Watch_AsJson_IsALineForEachChange_ThroughOutages()
    {
        var looks = 0;
        await using var host = await FakeHost.StartAsync(http => Interlocked.Increment(ref looks) switch
        {
            1 or 2 => FakeHost.JsonAsync(http, """[{"hostname":"a"}]"""),
            3 => FakeHost.JsonAsync(http, "<html>", 502, "text/html"),
            _ => FakeHost.JsonAsync(http, """[{"hostname":"b"}]"""),
        });
        using var cli = new TestCli(host.Address);
        using var lines = new SpokenWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        var watching = cli.RunAsync(new FakeTerminal { OutOverride = lines }, stop.Token, "nodes", "list", "--watch", "--json");
        await lines.UntilAsync("\"b\"", stop.Token);
        await stop.CancelAsync();

        Assert.Contains("Trying again in 1 s.", (await watching).Expect(ExitCodes.Interrupted).Errors, StringComparison.Ordinal);
        Assert.Equal(
            ["a", "b"],
            lines.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonDocument.Parse(l).RootElement[0].GetProperty("hostname").GetString()));
    }

    [Fact]
    public async Task Watch_OfAHostThatIsNotThere_EndsAtTheFirstLook()
    {
        using var cli = new TestCli("http://127.0.0.1:9");

        (await cli.RunAsync("nodes", "list", "--watch", "--json")).Expect(ExitCodes.Unreachable);
    }
}
