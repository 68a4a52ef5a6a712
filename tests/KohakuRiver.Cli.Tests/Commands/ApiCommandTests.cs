using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary><c>kohakuriver api</c> and <c>auth token print</c>.</summary>
public sealed class ApiCommandTests
{
    // Words behind "api" | method and address | body.
    public static TheoryData<string, string, string> Calls() => new()
    {
        { "auth/me", "GET /api/auth/me", "" },
        { "/health/live", "GET /health/live", "" },
        { "api/auth/me", "GET /api/auth/me", "" },
        { "auth/users -f search=a&b -X get", "GET /api/auth/users?search=a%26b", "" },
        { "auth/users?limit=2 -f search=x -X GET", "GET /api/auth/users?limit=2&search=x", "" },
        { "auth/x -f a=1", "POST /api/auth/x", """{"a":"1"}""" },
        { "auth/x -F a=1 -F b=true -F c=null -F d=x", "POST /api/auth/x", """{"a":1,"b":true,"c":null,"d":"x"}""" },
        { "auth/x -F o[a]=1 -f o[b]=2 -F l[]=1 -F l[]=2", "POST /api/auth/x", """{"o":{"b":"2","a":1},"l":[1,2]}""" },
        { "-X DELETE auth/users/7", "DELETE /api/auth/users/7", "" },
        { "-X PATCH auth/users/7 -F is_active=false", "PATCH /api/auth/users/7", """{"is_active":false}""" },
        { "auth/x --input -", "POST /api/auth/x", "{\"typed\":1}\n" },
        { "//evil.example/x", "GET /evil.example/x", "" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_IsMadeAsItIsTyped(string line, string request, string body)
    {
        var sent = "";
        await using var host = await FakeHost.StartAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            sent = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            await FakeHost.JsonAsync(http, """{"ok": true}""");
        });
        using var cli = LoggedIn(host);

        var run = (await cli.RunWithInputAsync(["{\"typed\":1}"], ["api", .. line.Split(' ')])).Expect(ExitCodes.Done);

        Assert.Equal("""{"ok": true}""", run.Output);
        Assert.Equal(request + " Bearer krt_mine", Assert.Single(host.Requests));
        Assert.Equal(body, sent);
    }

    [Theory]
    [InlineData("https://evil.example/api/auth/me")]
    [InlineData("HTTP://evil.example")]
    [InlineData("http://127.0.0.1:1/api/auth/me")]
    [InlineData("{0}@evil.example/x")]
    [InlineData("http://user@{1}/x")]
    [InlineData("ftp://{1}/x")]
    public async Task Address_OfAnotherHost_IsRefused_AndGetsNoToken(string path)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "{}"));
        using var cli = LoggedIn(host);
        path = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, path, host.Address, host.Address["http://".Length..]);

        Assert.NotEmpty((await cli.RunAsync("api", path)).Expect(ExitCodes.Usage).Error);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("../../x")]
    [InlineData("/%2e%2e/x")]
    public async Task Address_OutsideTheHostsPath_GetsNoToken(string path)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "{}"));
        using var cli = new TestCli(host.Address + "/river") { Environment = { ["KOHAKU_TOKEN"] = "krt_mine" } };

        await cli.RunAsync("api", path);

        Assert.All(host.Requests, r => Assert.StartsWith("GET /river/", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(404, "application/problem+json", ExitCodes.Failed)]
    [InlineData(500, "application/json", ExitCodes.Failed)]
    [InlineData(401, "application/problem+json", ExitCodes.NotLoggedIn)]
    [InlineData(502, "text/html", ExitCodes.Unreachable)]
    [InlineData(302, "text/html", ExitCodes.Unreachable)]
    public async Task Refusal_IsPrinted_AndIsTheExitCode(int status, string type, int exitCode)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, """{"detail":"No."}""", status, type));
        using var cli = LoggedIn(host);

        var run = (await cli.RunAsync("api", "auth/me")).Expect(exitCode);

        Assert.Equal("{\"detail\":\"No.\"}\n", run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Refusal_OfFields_CallsThemAsTheyWereTyped()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, """{"status":400,"errors":{"required_cores":["Too many."]}}""", 400, "application/problem+json"));
        using var cli = LoggedIn(host);

        Assert.Equal("required_cores: Too many.", (await cli.RunAsync("api", "submit", "-F", "required_cores=9")).Error);
    }

    [Theory]
    [InlineData("auth/x -f ab")]
    [InlineData("auth/x -f =b")]
    [InlineData("auth/x -f a=1 -f a=2")]
    [InlineData("auth/x -f a=1 -f a[b]=2")]
    [InlineData("auth/x -f a=1 --input -")]
    [InlineData("auth/x -X P/T")]
    [InlineData("auth/x -X DELETE --paginate")]
    public async Task Call_ThatContradictsItself_IsUsage(string line)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "{}"));
        using var cli = LoggedIn(host);

        (await cli.RunAsync(["api", .. line.Split(' ')])).Expect(ExitCodes.Usage);

        Assert.Empty(host.Requests);
    }

    [Fact]
    public async Task Paginate_ReadsAllPages_AsOneList()
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            var page = http.Request.Query["cursor"].FirstOrDefault() ?? "1";
            if (page != "3")
            {
                http.Response.Headers.Link = $"<{http.Request.Path}?cursor={int.Parse(page, null) + 1}>; rel=\"next\"";
            }

            return FakeHost.JsonAsync(http, $$"""[{"id":{{page}}}]""");
        });
        using var cli = LoggedIn(host);

        Assert.Equal("1\n2\n3\n", (await cli.RunAsync(
            "api", "auth/users", "--paginate", "-f", "search=a", "--output", "ids")).Expect(ExitCodes.Done).Output);
        Assert.Equal(3, JsonDocument.Parse((await cli.RunAsync("api", "auth/users", "--paginate")).Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Answer_InAForm_IsReadAsJson()
    {
        await using var host = await FakeHost.StartAsync(http => http.Request.Path == "/api/text"
            ? FakeHost.JsonAsync(http, "<p>", type: "text/html")
            : FakeHost.JsonAsync(http, """{"a":{"b":"ä"}}"""));
        using var cli = LoggedIn(host);

        Assert.Equal("a:\n  b: \"ä\"\n", (await cli.RunAsync("api", "json", "--output", "yaml")).Expect(ExitCodes.Done).Output);
        (await cli.RunAsync("api", "text", "--json")).Expect(ExitCodes.Failed);
        Assert.Equal("<p>", (await cli.RunAsync("api", "text")).Expect(ExitCodes.Done).Output);
    }

    [Fact]
    public async Task TokenPrint_PrintsTheTokenAlone_AndWarnsOnATerminal()
    {
        using var cli = new TestCli("http://127.0.0.1:9");
        (await cli.RunAsync("auth", "token", "print")).Expect(ExitCodes.NotLoggedIn);
        await cli.State.UpdateAsync(
            s => s.With("http://127.0.0.1:9", new HostLogin { Token = "krt_mine" }), TestContext.Current.CancellationToken);

        var piped = (await cli.RunAsync("auth", "token", "print")).Expect(ExitCodes.Done);
        var shown = await cli.RunAsync(new FakeTerminal { OutIsTerminal = true }, CancellationToken.None, "auth", "token", "print");

        Assert.Equal(("krt_mine\n", ""), (piped.Output, piped.Errors));
        Assert.Equal("krt_mine\n", shown.Output);
        Assert.StartsWith("warning: this is a secret", shown.Errors, StringComparison.Ordinal);
    }

    private static TestCli LoggedIn(FakeHost host) => new(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_mine" } };
}
