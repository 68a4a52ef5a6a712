using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

public sealed class WatchTests(RunningHost shared)
{
    [Fact]
    public async Task Watch_ShowsWhatComesAndWhatGoes()
    {
        // A host of its own: other tests' tasks would come in between.
        await using var host = new RunningHost();
        var admin = await host.AdminAsync();
        using var user = await host.NewPersonAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var terminal = new LineTerminal();
        var watching = admin.RunAsync(terminal.Inner, stop.Token, "approvals", "watch", "--json");

        Assert.Equal(0, (await terminal.NextAsync(stop.Token)).GetProperty("count").GetInt32());
        var id = (await user.JsonAsync("tasks", "submit", "--", "echo", "hi")).GetProperty("task_ids")[0].GetString()!;
        var came = await terminal.NextAsync(stop.Token);
        await admin.JsonAsync("approvals", "approve", id);
        var went = await terminal.NextAsync(stop.Token);
        await stop.CancelAsync();

        (await watching).Expect(ExitCodes.Interrupted);
        Assert.Equal((1, id), (came.GetProperty("count").GetInt32(), came.GetProperty("came")[0].GetProperty("task_id").GetString()));
        Assert.Equal((0, id), (went.GetProperty("count").GetInt32(), went.GetProperty("went")[0].GetString()));
    }

    [Fact]
    public async Task Watch_WithoutTheRight_Is1()
    {
        using var user = await shared.NewPersonAsync();

        (await user.RunAsync("approvals", "watch")).Expect(ExitCodes.Failed);
    }

    /// <summary>Gives out what is written line by line, as it comes.</summary>
    private sealed class LineTerminal : StringWriter
    {
        private readonly System.Threading.Channels.Channel<string> lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        internal FakeTerminal Inner => new() { OutOverride = this };

        public override void Write(string? value) => lines.Writer.TryWrite(value ?? "");

        internal async Task<JsonElement> NextAsync(CancellationToken cancellationToken) =>
            JsonDocument.Parse(await lines.Reader.ReadAsync(cancellationToken)).RootElement.Clone();
    }
}
