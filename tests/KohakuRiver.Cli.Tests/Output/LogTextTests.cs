using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Output;

/// <summary>Output of tasks on a terminal, in whatever pieces it comes.</summary>
public sealed class LogTextTests
{
    private const string Escape = "\u001b";

    [Theory]
    [InlineData("one\r\ntwo\n", "one\r\ntwo\n")]
    [InlineData("a\rb\r", "a\u27E8U+000D\u27E9b\u27E8U+000D\u27E9")]
    [InlineData("\u001b[1;31mred\u001b[0m\n", "\u001b[1;31mred\u001b[0m\n")]
    [InlineData("\u001b[38;5;8mgrey\u001b[m", "\u001b[38;5;8mgrey\u001b[m")]
    [InlineData("\u001b[38;2;8;5;6mrgb\u001b[0m", "\u001b[38;2;8;5;6mrgb\u001b[0m")]
    [InlineData("\u001b[32mleft on", "\u001b[32mleft on\u001b[0m")]
    [InlineData("\u001b[8mhidden", "\u27E8U+001B\u27E9[8mhidden")]
    [InlineData("\u001b[0;08mhidden", "\u27E8U+001B\u27E9[0;08mhidden")]
    [InlineData("\u001b[5mblinking", "\u27E8U+001B\u27E9[5mblinking")]
    [InlineData("\u001b[2J\u001b[1;1H", "\u27E8U+001B\u27E9[2J\u27E8U+001B\u27E9[1;1H")]
    [InlineData("\u001b]0;title\u0007", "\u27E8U+001B\u27E9]0;title\u27E8U+0007\u27E9")]
    [InlineData("end \u001b[3", "end \u27E8U+001B\u27E9[3")]
    public void Text_InPiecesOfAnyLength_ShowsColoursAndMarksTheRest(string text, string expected)
    {
        for (var length = 1; length <= text.Length; length++)
        {
            var log = new LogText(hasColour: true);
            var shown = string.Concat(text.Chunk(length).Select(piece => log.Next(new string(piece)))) + log.End();
            Assert.Equal(expected, shown);
        }
    }

    [Fact]
    public void Colours_ThatAreNotWanted_AreLeftOut()
    {
        var log = new LogText(hasColour: false);

        Assert.Equal("red", log.Next($"{Escape}[31mred{Escape}[0m") + log.End());
    }

    [Theory]
    [InlineData(null, null, null, true, true)]
    [InlineData(null, null, null, false, false)]
    [InlineData("--no-color", null, "1", true, false)]
    [InlineData(null, "1", "1", true, false)]
    [InlineData(null, null, "1", false, true)]
    [InlineData(null, null, "0", true, false)]
    public async Task Colours_AreAsWanted(string? option, string? noColour, string? force, bool isTerminal, bool expected)
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, """[{"hostname":"n1","status":"online"},{"hostname":"n2","status":"offline"}]"""));
        using var cli = new TestCli(host.Address);
        foreach (var (name, value) in ((string, string?)[])[("NO_COLOR", noColour), ("FORCE_COLOR", force)])
        {
            if (value is not null)
            {
                cli.Environment[name] = value;
            }
        }

        var run = await cli.RunAsync(
            new FakeTerminal { OutIsTerminal = isTerminal }, CancellationToken.None,
            [.. option is null ? (string[])[] : [option], "nodes", "list"]);

        Assert.Equal(expected, run.Output.Contains($"{Escape}[32monline", StringComparison.Ordinal));
        Assert.Equal(expected, run.Output.Contains($"{Escape}[91moffline", StringComparison.Ordinal));
        Assert.Equal(expected, run.Output.Contains(Escape, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Größe 日本 ok")]
    [InlineData("done \uD83D\uDE00")]
    public async Task Json_IsReadableUtf8(string name)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, $$"""[{"hostname":"{{name}}","status":"online"}]"""));
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            $"\"{name}\"", (await cli.RunAsync("nodes", "list", "--json")).Expect(ExitCodes.Done).Output, StringComparison.Ordinal);
    }
}
