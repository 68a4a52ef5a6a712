using System.Text.Json;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Commands;

/// <summary><c>kohakuriver doctor</c>.</summary>
public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_OfAHostThatIsWell_FindsEverythingWell()
    {
        await using var host = await StartAsync(TimeSpan.Zero);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_mine" } };

        var checks = await cli.JsonAsync("doctor");

        Assert.Equal(
            ["client", "state file", "host", "proxy", "authorities", "connection", "tls", "clock", "login", "api"],
            checks.EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.All(checks.EnumerateArray(), c => Assert.Equal("ok", c.GetProperty("result").GetString()));
        Assert.Equal($"{host.Address}, named by KOHAKU_HOST", Detail(checks, "host"));
        Assert.Equal("ann, operator (decides on tasks), by the token of KOHAKU_TOKEN", Detail(checks, "login"));
        Assert.Equal("KohakuRiver.Auth, version 1", Detail(checks, "api"));
    }

    [Theory]
    [InlineData(-3600, "3600 s ahead of the host")]
    [InlineData(90, "90 s behind the host")]
    public async Task Doctor_OfAClockThatIsOff_SaysByHowMuch(int seconds, string expected)
    {
        await using var host = await StartAsync(TimeSpan.FromSeconds(seconds));
        using var cli = new TestCli(host.Address);

        var checks = await cli.JsonAsync("doctor");

        var number = int.Parse(Detail(checks, "clock").Split(' ').First(w => w.All(char.IsAsciiDigit)), null);
        Assert.InRange(number, Math.Abs(seconds) - 2, Math.Abs(seconds) + 2);
        Assert.Contains(expected[expected.IndexOf(" s ", StringComparison.Ordinal)..], Detail(checks, "clock"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OverTls_SaysWhoseCertificateItIs_AndWhatIsWrongWithIt()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System, "127.0.0.1");
        await using var host = await FakeHost.StartAsync(AnswerAsync, certificate);
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);

        var refused = (await cli.RunAsync("doctor", "--json")).Expect(ExitCodes.Unreachable);
        var checks = await cli.JsonAsync("doctor", "--ca-file", file);

        Assert.Contains("not trusted", Detail(JsonDocument.Parse(refused.Output).RootElement, "connection"), StringComparison.Ordinal);
        Assert.StartsWith("certificate of localhost for ", Detail(checks, "tls"), StringComparison.Ordinal);
        Assert.Equal("the system's and those of --ca-file " + file, Detail(checks, "authorities"));
    }

    [Theory]
    [InlineData("--host http://127.0.0.1:9", ExitCodes.Unreachable, "connection", "refused")]
    [InlineData("--host a\\b", ExitCodes.Usage, "host", "not a host address")]
    [InlineData("--account nobody", ExitCodes.NotLoggedIn, "login", "nobody is not logged in")]
    public async Task Doctor_OfSomethingBroken_SaysWhat_AndEndsWithItsCode(string options, int exitCode, string name, string expected)
    {
        await using var host = await StartAsync(TimeSpan.Zero);
        using var cli = new TestCli(host.Address);

        var run = (await cli.RunAsync(["doctor", "--json", .. options.Split(' ')])).Expect(exitCode);

        var check = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Last();
        Assert.Equal((name, "failed"), (check.GetProperty("name").GetString(), check.GetProperty("result").GetString()));
        Assert.Contains(expected, check.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OfABrokenStateFile_GoesOn()
    {
        await using var host = await StartAsync(TimeSpan.Zero);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_mine" } };
        Directory.CreateDirectory(cli.Folder);
        await File.WriteAllTextAsync(cli.State.Path, "{", TestContext.Current.CancellationToken);

        var checks = JsonDocument.Parse((await cli.RunAsync("doctor", "--json")).Output).RootElement;

        Assert.Contains("is not valid JSON", Detail(checks, "state file"), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", Detail(checks, "host"), StringComparison.Ordinal);
    }

    private static string Detail(JsonElement checks, string name) => checks.EnumerateArray()
        .Single(c => c.GetProperty("name").GetString() == name).GetProperty("detail").GetString()!;

    private static Task<FakeHost> StartAsync(TimeSpan ahead) => FakeHost.StartAsync(http =>
    {
        http.Response.Headers.Date = TimeProvider.System.GetUtcNow().Add(ahead).ToString("R", null);
        return AnswerAsync(http);
    });

    private static Task AnswerAsync(HttpContext http) => FakeHost.JsonAsync(http, http.Request.Path.Value switch
    {
        "/api/auth/me" => """{"id":5,"username":"ann","role":"operator","is_active":true}""",
        "/api/openapi.json" => """{"info":{"title":"KohakuRiver.Auth","version":"1"}}""",
        _ => """{"auth_enabled":true}""",
    });
}
