using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>Users without a home, as services and containers often are, in a folder that somebody else has prepared.</summary>
public sealed class HomelessTests : IAsyncLifetime
{
    private readonly TestCli cli = new() { Environment = { ["KOHAKU_HOME"] = "", ["HOME"] = "/nonexistent" } };
    private FakeHost host = null!;
    private string folder = "";

    public async ValueTask InitializeAsync()
    {
        host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, http.Request.Path == "/api/auth/me" ? """{"id":5,"username":"ann","role":"user","is_active":true}""" : "[]"));
        folder = cli.TempPath("shared");
        Directory.CreateDirectory(Path.Combine(folder, ".kohakuriver"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, ".kohakuriver", "auth.json"),
            """{"version":1,"current":"HOST","hosts":{"HOST":{"token":"krt_planted"}}}"""
                .Replace("HOST", host.Address, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        cli.Dispose();
    }

    [Theory]
    [InlineData("nodes list")]
    [InlineData("auth status")]
    [InlineData("auth hosts")]
    [InlineData("auth login --username ann")]
    [InlineData("auth use http://localhost:8000")]
    public async Task Command_WithoutAHome_Is2AndNamesTheVariable(string line)
    {
        var run = (await CliProcess.RunInAsync(folder, cli, line.Split(' '))).Expect(ExitCodes.Usage);

        Assert.Contains("KOHAKU_HOME", run.Error, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Fact]
    public async Task Token_OfTheEnvironment_IsNotSentToAHostOfAFile()
    {
        cli.Environment["KOHAKU_TOKEN"] = "krt_secret";
        cli.Environment["KOHAKU_HOME"] = Path.Combine(folder, ".kohakuriver");

        foreach (var line in (string[])["nodes list", "auth status", "auth whoami", "auth token create x"])
        {
            var run = (await CliProcess.RunInAsync(folder, cli, line.Split(' '))).Expect(ExitCodes.Usage);
            Assert.StartsWith("KOHAKU_TOKEN is set, but not the host it is for", run.Error, StringComparison.Ordinal);
        }

        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("nodes list")]
    [InlineData("auth status")]
    [InlineData("auth whoami")]
    public async Task Command_WithHostAndTokenOfTheEnvironment_NeedsNoHome(string line)
    {
        cli.Environment["KOHAKU_HOST"] = host.Address;
        cli.Environment["KOHAKU_TOKEN"] = "krt_secret";

        (await CliProcess.RunInAsync(folder, cli, line.Split(' '))).Expect(ExitCodes.Done);

        Assert.All(host.Requests, r => Assert.EndsWith("Bearer krt_secret", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OfTheEnvironment_WithNobodyNamingAHost_GoesNowhere()
    {
        cli.Environment["KOHAKU_TOKEN"] = "krt_secret";
        cli.Environment["KOHAKU_HOME"] = cli.TempPath("empty");

        (await CliProcess.RunInAsync(folder, cli, "nodes", "list")).Expect(ExitCodes.Usage);
    }
}
