using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A host without authentication, reached by pages of other sites and from other machines.</summary>
public sealed class AuthOffTests
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("cluster.localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.9.9.9", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("cluster.example", 200)]
    [InlineData("cluster.example:9", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("evil.cluster.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("xlocalhost", 400)]
    [InlineData("10.0.0.1", 400)]
    [InlineData("[2001:db8::1]", 400)]
    public async Task Request_UnderANameOfAnother_ReachesNothing(string name, int status)
    {
        var runs = 0;
        await using var host = await SocketHost.StartAsync(
            o => (o.Enabled, o.PublicUrl) = (false, new Uri("http://cluster.example")),
            app =>
            {
                app.MapPost("/own", () => ++runs);
                app.MapPost("/guarded", () => ++runs).RequireKohakuRole(Role.Admin);
                app.UseWhen(c => c.Request.Path == "/branch", b => b.Run(_ =>
                {
                    runs++;
                    return Task.CompletedTask;
                }));
            });
        var port = host.Addresses[0].Port;
        const string Forged = "X-Forwarded-Host: localhost\r\nX-Forwarded-For: 127.0.0.1\r\nForwarded: host=localhost";
        var withPort = name.Count(c => c == ':') == 1 ? name : $"{name}:{port}";

        foreach (var path in new[] { "/own", "/guarded", "/branch" })
        {
            var answer = await host.SendRawAsync(
                $"POST {path} HTTP/1.1\r\nHost: {withPort}\r\n{Forged}\r\nOrigin: http://{withPort}\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        }

        var made = await host.SendRawAsync(
            $"POST /api/auth/groups HTTP/1.1\r\nHost: {withPort}\r\n{Forged}\r\nOrigin: http://{withPort}\r\n"
            + "Sec-Fetch-Site: same-origin\r\n"
            + "Content-Type: application/json\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"name\":\"lab\"}");

        Assert.Equal(status == 200 ? 3 : 0, runs);
        Assert.Equal(status == 200, made.StartsWith("HTTP/1.1 2", StringComparison.Ordinal));
        Assert.Equal(status == 200 ? 1 : 0, (await host.Stores.Groups.ListAsync(new PageRequest(10), CancellationToken.None)).Total);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: http://localhost:1")]
    public async Task Change_OfAnotherSite_IsRefusedUnderTheRightNameToo(string header)
    {
        var runs = 0;
        await using var host = await SocketHost.StartAsync(
            o => o.Enabled = false, app => app.MapPost("/guarded", () => ++runs).RequireKohakuRole(Role.Admin));

        foreach (var path in new[] { "/guarded", "/api/auth/groups", "/api/auth/logout" })
        {
            var answer = await host.SendRawAsync(
                $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        }

        Assert.Equal(0, runs);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public async Task Start_WhereOthersReachIt_FailsAndSaysWhatToSet(string urls)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => SocketHost.StartAsync(o => o.Enabled = false, urls: urls));

        Assert.Contains("KohakuAuth:AllowAuthOffBeyondThisMachine", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0")]
    public async Task Start_WhereOthersReachIt_IsAllowedBySayingSo(string urls)
    {
        await using var host = await SocketHost.StartAsync(o => (o.Enabled, o.AllowAuthOffBeyondThisMachine) = (false, true), urls: urls);

        Assert.StartsWith(
            "HTTP/1.1 200 ",
            await host.SendRawAsync("GET /api/auth/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "HTTP/1.1 400 ",
            await host.SendRawAsync("GET /api/auth/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("203.0.113.5", false, 400)]
    [InlineData("203.0.113.5", true, 200)]
    [InlineData("127.0.0.1", false, 200)]
    [InlineData("::ffff:127.0.0.1", false, 200)]
    public async Task Request_FromAnotherMachine_IsAnsweredOnlyWhereAllowed(string peer, bool allowed, int status)
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Peer = peer,
            PeerFirst = true,
            Options = o => (o.Enabled, o.AllowAuthOffBeyondThisMachine, o.PublicUrl) = (false, allowed, new Uri("http://host.test")),
            Map = app => app.MapGet("/own", () => "in"),
        });

        Assert.Equal(status, (await host.GetAsync("/own")).Status);
    }

    [Fact]
    public async Task Request_UnderAnyName_IsTheHostsBusinessWhileAuthIsOn()
    {
        await using var host = await SocketHost.StartAsync(map: app => app.MapGet("/own", () => "in"));

        Assert.StartsWith(
            "HTTP/1.1 200 ",
            await host.SendRawAsync("GET /own HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }
}
