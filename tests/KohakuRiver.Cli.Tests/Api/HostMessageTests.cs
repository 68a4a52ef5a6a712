using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using KohakuRiver.Cli.Tests.EndToEnd;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Api;

/// <summary>What is said about hosts that cannot be used has to lead to what is the matter.</summary>
public sealed class HostMessageTests
{
    [Fact]
    public async Task Tls_WithAHostThatSpeaksNone_SaysThat()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli(host.Address.Replace("http://", "https://", StringComparison.Ordinal));

        var error = (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error;

        Assert.Contains("nothing speaks TLS there", error, StringComparison.Ordinal);
        Assert.Contains("write http://", error, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainHttp_WithAHostThatSpeaksTls_SaysThat()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System);
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"), certificate);
        using var cli = new TestCli(host.Address.Replace("https://", "http://", StringComparison.Ordinal));

        Assert.Contains(
            "write https://", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://river.example.org/api/nodes", "use --host https://river.example.org")]
    [InlineData("https://river.example.org/api/nodes/", "use --host https://river.example.org")]
    [InlineData("https://river.example.org:8443/base/api/nodes", "use --host https://river.example.org:8443/base")]
    [InlineData("https://sso.example.org/auth?rd=%2Fapi%2Fnodes", "use --host https://sso.example.org")]
    [InlineData("/login?next=/api/nodes", "Does a proxy in front of it ask for a login?")]
    public async Task Redirect_NamesTheHostAndNotThePath(string location, string expected)
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Response.Headers.Location = location;
            http.Response.StatusCode = StatusCodes.Status302Found;
            return Task.CompletedTask;
        });
        using var cli = new TestCli(host.Address);

        Assert.EndsWith(expected, (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificate_OfAnAuthorityOfOnesOwn_IsAcceptedByItsFile()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System, "127.0.0.1");
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"), certificate);
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());

        Assert.Contains("--ca-file", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
        (await cli.RunAsync("nodes", "list", "--ca-file", file)).Expect(ExitCodes.Done);
        cli.Environment["SSL_CERT_FILE"] = file;
        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Authorities_OfTheVariable_AreReadWhenACertificateIsNotTrusted()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System, "127.0.0.1");
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"), certificate);
        await using var plain = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli();
        cli.Environment["SSL_CERT_FILE"] = cli.TempPath("empty.pem");
        await File.WriteAllTextAsync(cli.Environment["SSL_CERT_FILE"], "no certificate in here");

        Assert.Contains(
            "SSL_CERT_FILE: ",
            (await cli.RunAsync("nodes", "list", "--host", host.Address)).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
        (await cli.RunAsync("nodes", "list", "--host", plain.Address)).Expect(ExitCodes.Done);
    }

    [Fact]
    public async Task Certificate_ForAnotherName_IsRefusedInSpiteOfTheFile()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System, "127.0.0.9");
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"), certificate);
        using var cli = new TestCli(host.Address);
        var file = cli.TempPath("ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());

        Assert.EndsWith(
            "its certificate is for another name.",
            (await cli.RunAsync("nodes", "list", "--ca-file", file)).Expect(ExitCodes.Unreachable).Error,
            StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData("nowhere.pem", null, "cannot be read")]
    [InlineData("empty.pem", "no certificate in here", "holds no certificate")]
    public async Task Authorities_InAFileThatHoldsNone_AreUsage(string name, string? content, string expected)
    {
        using var cli = new TestCli("https://river.invalid");
        if (content is not null)
        {
            await File.WriteAllTextAsync(cli.TempPath(name), content);
        }

        Assert.Contains(
            expected,
            (await cli.RunAsync("nodes", "list", "--ca-file", cli.TempPath(name))).Expect(ExitCodes.Usage).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_ThatIsDown_IsNamedWithoutItsPassword()
    {
        using var cli = new TestCli("https://river.invalid") { Environment = { ["HTTPS_PROXY"] = "http://me:secret@127.0.0.1:1" } };

        var error = (await CliProcess.RunAsync(cli, "", "nodes", "list")).Expect(ExitCodes.Unreachable).Error;

        Assert.StartsWith("The proxy http://127.0.0.1:1 on the way to https://river.invalid", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_ThatNobodyNamed_IsToBeNamed()
    {
        var assumed = HostAddress.Parse(HostAddress.Default) with { IsAssumed = true };

        var fault = HostErrors.FromFault(assumed, new HttpRequestException(HttpRequestError.ConnectionError), null);

        Assert.StartsWith("No host is named, and none runs at http://localhost:8000.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Unreachable, fault.ExitCode);
    }

    [Fact]
    public async Task Refusal_OfFields_NamesWhatWasTyped()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http,
            """{"status":400,"errors":{"required_cores":["Too many."],"required_gpus[0][1]":["No such GPU."],"a_new_one":["Odd."]}}""",
            400,
            "application/problem+json"));
        using var cli = new TestCli(host.Address);

        Assert.Equal(
            "--cores: Too many.; --gpus: No such GPU.; a_new_one: Odd.",
            (await cli.RunAsync("tasks", "submit", "--", "x")).Expect(ExitCodes.Failed).Error);
    }

    [Fact]
    public async Task NotFound_WithoutASubject_SaysThatItMayBeHidden()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, 404, "Not found."));
        using var cli = new TestCli(host.Address);

        Assert.Equal(
            "There is no such thing here, or none that you may see.",
            (await cli.RunAsync("audit", "list")).Expect(ExitCodes.Failed).Error);
    }
}
