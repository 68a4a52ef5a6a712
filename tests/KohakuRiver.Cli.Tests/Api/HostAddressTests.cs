using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.Api;

public sealed class HostAddressTests
{
    [Theory]
    [InlineData("river.example.org", "https://river.example.org")]
    [InlineData("River.Example.ORG/", "https://river.example.org")]
    [InlineData("https://river.example.org:443", "https://river.example.org")]
    [InlineData("https://river.example.org:8443/base/", "https://river.example.org:8443/base")]
    [InlineData("localhost:8000", "http://localhost:8000")]
    [InlineData("127.0.0.1:8000", "http://127.0.0.1:8000")]
    [InlineData("[::1]:8000", "http://[::1]:8000")]
    [InlineData("localhost.evil.example", "https://localhost.evil.example")]
    [InlineData("http://10.0.0.5", "http://10.0.0.5")]
    public void Address_HoweverWritten_HasOneForm(string text, string expected) => Assert.Equal(expected, HostAddress.Parse(text).Key);

    [Theory]
    [InlineData("ftp://x")]
    [InlineData("https://")]
    [InlineData("https://user:secret@x")]
    [InlineData("https://x?token=1")]
    [InlineData("https://x#y")]
    [InlineData("not a host")]
    public async Task Text_ThatIsNoAddress_Is2(string text)
    {
        using var cli = new TestCli();

        (await cli.RunAsync("nodes", "list", "--host", text)).Expect(ExitCodes.Usage);
    }

    [Fact]
    public void Calls_KeepTheBasePath() =>
        Assert.Equal(
            "https://x/base/api/auth/users?search=a%26b",
            HostAddress.Parse("https://x/base").Api("auth/users", [new("search", "a&b"), new("role", null)]).AbsoluteUri);

    [Theory]
    [InlineData("http://river.invalid", true)]
    [InlineData("https://river.invalid", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [Trait("Requirement", "V12.2.1")]
    public async Task Warning_IsGivenForPlainHttpBeyondThisMachine(string address, bool warns)
    {
        using var cli = new TestCli(address);

        var run = await cli.RunAsync("nodes", "list");

        Assert.Equal(warns, run.Errors.Contains("warning: http://river.invalid is not encrypted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_IsTakenFromOptionThenEnvironmentThenState()
    {
        await using var first = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        await using var second = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        await using var third = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli();
        await cli.State.UpdateAsync(
            s => s.With(first.Address, new HostLogin { Token = "krt_first" }).With(third.Address, new HostLogin { Token = "krt_third" }),
            CancellationToken.None);

        await cli.RunAsync("nodes", "list");
        cli.Environment["KOHAKU_HOST"] = second.Address;
        await cli.RunAsync("nodes", "list");
        await cli.RunAsync("nodes", "list", "--host", first.Address);
        cli.Environment["KOHAKU_TOKEN"] = "krt_env";
        await cli.RunAsync("nodes", "list", "--host", first.Address);

        Assert.Equal(["GET /api/nodes Bearer krt_third"], third.Requests);
        Assert.Equal(["GET /api/nodes"], second.Requests);
        Assert.Equal(["GET /api/nodes Bearer krt_first", "GET /api/nodes Bearer krt_env"], first.Requests);
    }
}
