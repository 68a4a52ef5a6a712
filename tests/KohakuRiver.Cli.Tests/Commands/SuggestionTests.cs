using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary>What a shell is offered.</summary>
public sealed class SuggestionTests
{
    [Theory]
    [InlineData("kohakuriver users list --active ", "--sort")]
    [InlineData("kohakuriver users list --json --so", "--sort")]
    [InlineData("kohakuriver tasks list --status ", "pending_approval")]
    [InlineData("kohakuriver approvals history --status re", "rejected")]
    [InlineData("kohakuriver users list --sort ", "last_login")]
    [InlineData("kohakuriver users list --output ", "wide")]
    [InlineData("kohakuriver audit list --outcome ", "refused")]
    [InlineData("kohakuriver settings set reg", "registration=viewer")]
    [InlineData("kohakuriver auth use ", "https://stored.example.org")]
    [InlineData("kohakuriver users show a", "ann")]
    [InlineData("kohakuriver groups members ", "lab")]
    [InlineData("kohakuriver vps exec ", "box")]
    [InlineData("kohakuriver tasks logs ", "1234")]
    [InlineData("kohakuriver approvals approve ", "1234")]
    [InlineData("kohakuriver nodes show ", "n1")]
    [InlineData("kohakuriver tasks list --node ", "n1")]
    public async Task Value_ThatIsKnown_IsOffered(string typed, string expected)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, """[{"username":"ann","name":"lab","hostname":"n1","task_id":"1234"},{"username":"bob","name":"box"}]"""));
        using var cli = new TestCli(host.Address);
        await cli.State.UpdateAsync(s => s.With("https://stored.example.org", new HostLogin { Token = "t" }), CancellationToken.None);

        Assert.Contains(expected, await OfferedAsync(cli, typed));
        Assert.DoesNotContain("True", await OfferedAsync(cli, typed));
    }

    [Theory]
    [InlineData("kohakuriver tasks submit -- ")]
    [InlineData("kohakuriver tasks submit -- echo --w")]
    [InlineData("kohakuriver vps exec box -- ")]
    public async Task BehindTheDashes_NothingIsOffered(string typed)
    {
        using var cli = new TestCli();

        Assert.Empty(await OfferedAsync(cli, typed));
    }

    [Theory]
    [InlineData(500, "No.")]
    [InlineData(401, "No.")]
    public async Task Host_ThatRefuses_OffersNoNames(int status, string detail)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, status, detail));
        using var cli = new TestCli(host.Address);

        Assert.All(await OfferedAsync(cli, "kohakuriver users show "), o => Assert.StartsWith("-", o, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_ThatIsSlow_IsNotWaitedForLong()
    {
        await using var host = await FakeHost.StartAsync(FakeHost.UntilGoneAsync);
        using var cli = new TestCli(host.Address);
        var started = TimeProvider.System.GetTimestamp();

        Assert.All(await OfferedAsync(cli, "kohakuriver users show "), o => Assert.StartsWith("-", o, StringComparison.Ordinal));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("kohakuriver users show ", "ann bob")]
    [InlineData("kohakuriver users show -", null)]
    [InlineData("kohakuriver help ", "users")]
    [InlineData("kohakuriver users list ", "--role")]
    public async Task Options_AreOfferedToWhoeverBeginsOne_OrWhereThereIsNothingElse(string typed, string? expected)
    {
        await using var host = await FakeHost.StartAsync(http =>
            FakeHost.JsonAsync(http, """[{"username":"ann"},{"username":"bob"}]"""));
        using var cli = new TestCli(host.Address);

        var offered = await OfferedAsync(cli, typed);

        if (expected is "ann bob")
        {
            Assert.Equal(expected.Split(' '), offered);
        }
        else if (expected is not null)
        {
            Assert.Contains(expected, offered);
        }
        else
        {
            Assert.All(offered, o => Assert.StartsWith("-", o, StringComparison.Ordinal));
            Assert.Contains("--json", offered);
        }
    }

    [Theory]
    [InlineData(@"a b\ c 'd e' ""f\""g"" x", "a|b c|d e|f\"g|x")]
    [InlineData("a  b ", "a|b|")]
    [InlineData("a '", "a|")]
    [InlineData(@"a b\", @"a|b\")]
    [InlineData("a '' b", "a||b")]
    [InlineData("", "")]
    public void TypedLine_HasTheWordsOfTheShell(string line, string words) =>
        Assert.Equal(words.Split('|'), TypedLine.Of(line).Words);

    private static async Task<IReadOnlyList<string>> OfferedAsync(TestCli cli, string typed) =>
        (await cli.RunAsync($"[suggest:{typed.Length}]", typed)).Expect(ExitCodes.Done).Output
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
