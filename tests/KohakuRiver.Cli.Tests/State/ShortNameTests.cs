using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.State;

/// <summary>Short names for hosts.</summary>
public sealed class ShortNameTests
{
    private const string Me = """{"id":5,"username":"ann","role":"user","is_active":true}""";

    [Fact]
    public async Task Name_GivenToAHost_StandsForItEverywhere()
    {
        await using var host = await StartAsync();
        using var cli = await LoggedInAsync(host);
        (await cli.RunAsync("auth", "use", host.Address, "--name", "prod")).Expect(ExitCodes.Done);

        (await cli.RunAsync("auth", "whoami", "--host", "PROD")).Expect(ExitCodes.Done);
        cli.Environment["KOHAKU_HOST"] = "prod";
        (await cli.RunAsync("auth", "whoami")).Expect(ExitCodes.Done);
        cli.Environment.Remove("KOHAKU_HOST");
        (await cli.RunAsync("auth", "use", "prod")).Expect(ExitCodes.Done);

        Assert.Equal("prod", (await cli.JsonAsync("auth", "hosts"))[0].GetProperty("name").GetString());
        Assert.Equal(2, host.Requests.Count(r => r == "GET /api/auth/me Bearer krt_mine"));
    }

    [Fact]
    public async Task Login_WithAName_GivesIt()
    {
        await using var host = await StartAsync();
        using var cli = new TestCli();

        (await cli.RunWithInputAsync(["krt_mine"], "auth", "login", "--host", host.Address, "--token-stdin", "--name", "lab"))
            .Expect(ExitCodes.Done);

        (await cli.RunAsync("auth", "whoami", "--host", "lab")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Name_GivenToAnother_LeavesTheFirst_AndGoesWithItsLastLogin()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        using var cli = await LoggedInAsync(one, two);

        (await cli.RunAsync("auth", "use", one.Address, "--name", "prod")).Expect(ExitCodes.Done);
        (await cli.RunAsync("auth", "use", two.Address, "--name", "Prod")).Expect(ExitCodes.Done);
        Assert.Equal((two.Address, null), (cli.State.Read().HostNamed("prod"), cli.State.Read().NameOf(one.Address)));

        (await cli.RunAsync("auth", "logout", "--host", "prod")).Expect(ExitCodes.Done);
        Assert.Null(cli.State.Read().Names);
    }

    // What a name stands for is in a file, and a token from the environment goes to no host of a file.
    [Theory]
    [InlineData("--host", "prod")]
    [InlineData("KOHAKU_HOST", "prod")]
    public async Task Token_OfTheEnvironment_IsNotSentToAName(string how, string name)
    {
        await using var host = await StartAsync();
        using var cli = await LoggedInAsync(host);
        (await cli.RunAsync("auth", "use", host.Address, "--name", name)).Expect(ExitCodes.Done);
        cli.Environment["KOHAKU_TOKEN"] = "krt_secret";
        if (how == "KOHAKU_HOST")
        {
            cli.Environment[how] = name;
        }

        (await cli.RunAsync(["auth", "whoami", .. how == "--host" ? (string[])[how, name] : []])).Expect(ExitCodes.Usage);

        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("a.b")]
    [InlineData("1prod")]
    [InlineData("a:b")]
    [InlineData("")]
    public async Task Name_ThatLooksLikeAnAddress_IsUsage(string name)
    {
        await using var host = await StartAsync();
        using var cli = await LoggedInAsync(host);

        (await cli.RunAsync("auth", "use", host.Address, "--name", name)).Expect(ExitCodes.Usage);
    }

    [Fact]
    public async Task File_WithNames_HoldsTheLoginsWhereTheyAlwaysWere()
    {
        await using var host = await StartAsync();
        using var cli = await LoggedInAsync(host);
        (await cli.RunAsync("auth", "use", host.Address, "--name", "prod")).Expect(ExitCodes.Done);

        var file = JsonDocument.Parse(await File.ReadAllTextAsync(cli.State.Path, TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(AuthState.CurrentVersion, file.GetProperty("version").GetInt32());
        Assert.Equal("krt_mine", file.GetProperty("hosts").GetProperty(host.Address).GetProperty("token").GetString());
        Assert.False(file.TryGetProperty("token", out _));
    }

    [Fact]
    public async Task Word_ThatIsNoName_IsAnAddress()
    {
        using var cli = new TestCli();

        Assert.Contains(
            "https://prod", (await cli.RunAsync("auth", "use", "prod")).Expect(ExitCodes.NotLoggedIn).Error, StringComparison.Ordinal);
    }

    private static Task<FakeHost> StartAsync() =>
        FakeHost.StartAsync(http => FakeHost.JsonAsync(http, http.Request.Path == "/api/auth/me" ? Me : "[]"));

    private static async Task<TestCli> LoggedInAsync(params FakeHost[] hosts)
    {
        var cli = new TestCli();
        foreach (var host in hosts)
        {
            await cli.State.UpdateAsync(
                s => s.With(host.Address, new HostLogin { Token = "krt_mine", Username = "ann" }), TestContext.Current.CancellationToken);
        }

        return cli;
    }
}
