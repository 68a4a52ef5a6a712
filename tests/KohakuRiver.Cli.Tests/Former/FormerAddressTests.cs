using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Former;

/// <summary>Hosts named as the original names them.</summary>
public sealed class FormerAddressTests
{
    // Options | KOHAKURIVER_HOST | KOHAKURIVER_PORT | the host.
    public static TheoryData<string, string, string, string> Lines() => new()
    {
        { "", "", "", "http://localhost:8000" },
        { "", "river", "", "http://river:8000" },
        { "", "10.0.0.7", "9000", "http://10.0.0.7:9000" },
        { "", "", "9000", "http://localhost:9000" },
        { "", "river:9000", "", "http://river:9000" },
        { "", "https://river.example.org", "", "https://river.example.org" },
        { "", "https://river.example.org", "8443", "https://river.example.org:8443" },
        { "-H river", "", "", "http://river:8000" },
        { "-H river -P 9000", "other", "1", "http://river:9000" },
        { "-H river", "other", "9000", "http://river:8000" },
        { "--host river --port 9000", "", "", "http://river:9000" },
        { "-P 9000", "river", "1", "http://river:9000" },
        { "--port 9000", "", "", "http://localhost:9000" },

        // Not the original's any longer: a name alone after --host is https, as docs/cli.md says.
        { "--host river", "other", "9000", "https://river" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Host_NamedAsTheOriginalDoes_IsThatHost(string options, string host, string port, string expected)
    {
        using var cli = new TestCli { Environment = { ["KOHAKURIVER_HOST"] = host, ["KOHAKURIVER_PORT"] = port } };

        var run = await cli.RunAsync([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "auth", "logout"]);

        Assert.Equal($"Not logged in to {expected}; nothing to forget.", run.Expect(ExitCodes.NotLoggedIn).Error);
    }

    [Fact]
    public async Task Hosts_NamedSeveralWays_AreTakenInOrder()
    {
        using var cli = new TestCli { Environment = { ["KOHAKURIVER_HOST"] = "river", ["KOHAKURIVER_PORT"] = "9000" } };
        await cli.State.UpdateAsync(s => s.With("https://stored", new HostLogin { Token = "t" }), CancellationToken.None);
        Task<CliRun> LogOutAsync(params string[] options) => cli.RunAsync([.. options, "auth", "logout"]);

        Assert.Contains("http://river:9000", (await LogOutAsync()).Error, StringComparison.Ordinal);
        cli.Environment["KOHAKU_HOST"] = "https://new";
        Assert.Contains("https://new", (await LogOutAsync()).Error, StringComparison.Ordinal);
        Assert.Contains("https://typed", (await LogOutAsync("--host", "https://typed")).Error, StringComparison.Ordinal);
        cli.Environment.Remove("KOHAKU_HOST");
        cli.Environment.Remove("KOHAKURIVER_HOST");

        // A port alone names no host: the one of the last login does.
        Assert.Contains("https://stored", (await LogOutAsync()).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "eighty", "KOHAKURIVER_PORT takes a port from 1 to 65535, not 'eighty'.")]
    [InlineData("", "70000", "KOHAKURIVER_PORT takes a port")]
    [InlineData("-P 0", "", "--port takes a port")]
    public async Task Port_ThatIsNone_IsUsage(string options, string port, string expected)
    {
        using var cli = new TestCli { Environment = { ["KOHAKURIVER_PORT"] = port } };

        var run = await cli.RunAsync([.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "auth", "logout"]);

        Assert.StartsWith(expected, run.Expect(ExitCodes.Usage).Error, StringComparison.Ordinal);
    }
}
