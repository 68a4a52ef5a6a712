using System.Net;
using System.Net.Sockets;
using KohakuRiver.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Cli.Tests.Api;

/// <summary>Hosts that are away, slow, busy, or something else.</summary>
public sealed class HostFaultTests
{
    private const string Page = "<html><body>Welcome to the hotel network</body></html>";

    [Fact]
    public async Task Host_ThatIsDown_Is4AndSaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var cli = new TestCli($"http://127.0.0.1:{port}");

        var run = await cli.RunAsync("nodes", "list");

        Assert.Contains("the connection was refused", run.Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Host_ThatDoesNotExist_Is4()
    {
        using var cli = new TestCli("https://no-such-host.invalid");

        Assert.Contains(
            "no-such-host.invalid", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatIsSlow_Is4AfterTheTimeAllowed()
    {
        await using var host = await FakeHost.StartAsync(http => WaitAsync(http));
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "did not respond within 0.3 s",
            (await cli.RunAsync("nodes", "list", "--timeout", "0.3")).Expect(ExitCodes.Unreachable).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_ThatStopsInMidAnswer_Is4()
    {
        await using var host = await FakeHost.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("[{\"hostname\":");
            await http.Response.Body.FlushAsync();
            await WaitAsync(http);
        });
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync("nodes", "list", "--timeout", "0.3")).Expect(ExitCodes.Unreachable);
    }

    [Fact]
    public async Task Host_ThatBreaksOff_Is4()
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "connection was lost", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html", Page)]
    [InlineData(404, "text/html", Page)]
    [InlineData(502, "text/html", Page)]
    [InlineData(503, "text/html", Page)]
    [InlineData(200, "application/json", "<html>")]
    [InlineData(200, "application/json", "{\"an\":\"object\"}")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "[null]")]
    [InlineData(200, "application/json", "[{\"hostname\":\"n\"},null]")]
    public async Task Answer_OfSomethingElse_Is4AndNothingOfItIsShown(int status, string type, string body)
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, body, status, type));
        using var cli = new TestCli(host.Address);

        var run = await cli.RunAsync("nodes", "list");

        Assert.DoesNotContain("html>", run.Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    // A host with TLS that is called without it, and another service.
    [Theory]
    [InlineData("\u0015\u0003\u0003", "write https://")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "does not speak HTTP")]
    public async Task Answer_ThatIsNoHttp_SaysWhatItMayBe(string answer, string expected)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();
        using var cli = new TestCli($"http://{listener.LocalEndpoint}");

        var run = await cli.RunAsync("nodes", "list");

        await stop.CancelAsync();
        await serving;
        Assert.Contains(expected, run.Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    var stream = client.GetStream();
                    _ = await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, stop.Token);
                    await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(answer), stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // It is over.
            }
        }
    }

    [Fact]
    [Trait("Requirement", "V12.3.2")]
    public async Task Certificate_NobodyTrusts_Is4AndNothingIsSent()
    {
        using var certificate = FakeHost.SelfSigned(TimeProvider.System);
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"), certificate);
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_token" } };

        Assert.Contains("not trusted", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
        Assert.Empty(host.Requests);
    }

    [Fact]
    [Trait("Requirement", "V15.3.2")]
    public async Task Redirect_IsNotFollowed_SoThatTheTokenStaysHere()
    {
        await using var other = await FakeHost.StartAsync(http => FakeHost.JsonAsync(http, "[]"));
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Response.Redirect(other.Address + "/api/nodes");
            return Task.CompletedTask;
        });
        using var cli = new TestCli(host.Address) { Environment = { ["KOHAKU_TOKEN"] = "krt_token" } };

        Assert.Contains(other.Address, (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Unreachable).Error, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Host_ThatFails_Is1WithItsOwnWords()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, 500, "Something went wrong here."));
        using var cli = new TestCli(host.Address);

        Assert.Equal("Something went wrong here.", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error);
        Assert.Single(host.Requests);
    }

    [Fact]
    public async Task Host_ThatFailsWithoutAWord_Is1()
    {
        await using var host = await FakeHost.StartAsync(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        using var cli = new TestCli(host.Address);

        Assert.Contains("500", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task BusyHost_IsAskedOnceMoreForWhatMayBeRepeated(int status)
    {
        var calls = 0;
        await using var host = await FakeHost.StartAsync(
            http => Interlocked.Increment(ref calls) == 1 ? BusyAsync(http, status, "1") : FakeHost.JsonAsync(http, "[]"));
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Done);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task BusyHost_IsNotAskedAThirdTime()
    {
        await using var host = await FakeHost.StartAsync(http => BusyAsync(http, 429, "1"));
        using var cli = new TestCli(host.Address);

        Assert.Equal("Too much. Try again in 1 s.", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error);
        Assert.Equal(2, host.Requests.Count);
    }

    [Fact]
    public async Task BusyHost_IsNotWaitedForVeryLong()
    {
        await using var host = await FakeHost.StartAsync(http => BusyAsync(http, 429, "600"));
        using var cli = new TestCli(host.Address);

        Assert.Contains("600 s", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error, StringComparison.Ordinal);
        Assert.Single(host.Requests);
    }

    [Fact]
    public async Task Change_RefusedByABusyHost_IsNotRepeated()
    {
        await using var host = await FakeHost.StartAsync(http => BusyAsync(http, 503, "1"));
        using var cli = new TestCli(host.Address);

        (await cli.RunAsync("approvals", "approve", "17")).Expect(ExitCodes.Failed);
        Assert.Single(host.Requests);
    }

    [Fact]
    public async Task DeadToken_Is3AndSaysHowToLogInAgain()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, 401, "Log in."));
        using var cli = new TestCli(host.Address);
        await cli.State.UpdateAsync(s => s.With(host.Address, new HostLogin { Token = "krt_dead" }), CancellationToken.None);

        var run = await cli.RunAsync("nodes", "list");

        Assert.Contains("expired or was revoked", run.Expect(ExitCodes.NotLoggedIn).Error, StringComparison.Ordinal);
        Assert.Contains($"auth login --host {host.Address}", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("krt_dead", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoToken_Is3()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, 401, "Log in."));
        using var cli = new TestCli(host.Address);

        Assert.Contains(
            "Not logged in", (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.NotLoggedIn).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidationFaults_AreNamedFieldByField()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.JsonAsync(
            http, """{"detail":"Some fields are wrong.","errors":{"name":["Is taken.","Is long."],"tier":["Is negative."]}}""", 400,
            "application/problem+json"));
        using var cli = new TestCli(host.Address);

        Assert.Equal(
            "the name: Is taken. Is long.; --tier: Is negative.",
            (await cli.RunAsync("groups", "create", "x")).Expect(ExitCodes.Failed).Error);
    }

    [Fact]
    public async Task AnswerThatRewritesTheTerminal_IsShownHarmless()
    {
        await using var host = await FakeHost.StartAsync(http => FakeHost.ProblemAsync(http, 403, "No\\u001b[2Jway\\nerror: other"));
        using var cli = new TestCli(host.Address);

        Assert.Equal(
            "No\u27E8U+001B\u27E9[2Jway\u27E8U+000A\u27E9error: other",
            (await cli.RunAsync("nodes", "list")).Expect(ExitCodes.Failed).Error);
    }

    private static async Task BusyAsync(HttpContext http, int status, string seconds)
    {
        http.Response.Headers.RetryAfter = seconds;
        await FakeHost.ProblemAsync(http, status, "Too much.");
    }

    private static async Task WaitAsync(HttpContext http)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone, which is what the test waits for.
        }
    }
}
