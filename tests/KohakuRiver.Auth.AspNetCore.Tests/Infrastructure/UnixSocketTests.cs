using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A host behind a unix socket, where connections have no address.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-unix-").FullName;

    private string SocketPath => Path.Combine(folder, "s");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task WrongMasterSecrets_ThroughAnUntrustedSocket_AreThrottledAsOneClient()
    {
        await using var host = await StartAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 25; i++)
        {
            statuses.Add(await GuessAsync(host, ("X-Forwarded-For", $"203.0.113.{i}"), ("X-Forwarded-Proto", "https")));
        }

        // A minute may end in between, on the real clock of this host; then ten more are judged.
        Assert.InRange(statuses.Count(s => s == 401), 10, 20);
        Assert.Equal(25, statuses.Count(s => s is 401 or 429));
        var audit = await host.Stores.Audit.ListAsync(new AuditQuery(), CancellationToken.None);
        Assert.All(audit.Items.Where(e => e.Actor == Actor.Anonymous.Username), e => Assert.Equal("unix", e.IpAddress));
        Assert.Contains(host.Logs.GetSnapshot(), l => l.Text().Contains("does not name 'unix'", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task Clients_BehindATrustedSocket_HaveTheirOwnBuckets()
    {
        await using var host = await StartAsync(o => o.TrustedProxies.Add("unix"));
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(401, await GuessAsync(host, ("X-Forwarded-For", $"203.0.113.{i}")));
        }

        var audit = await host.Stores.Audit.ListAsync(new AuditQuery { Page = new PageRequest(50) }, CancellationToken.None);
        var addresses = audit.Items.Select(e => e.IpAddress).Where(a => a?.StartsWith("203.0.113.", StringComparison.Ordinal) == true);
        Assert.Equal(30, addresses.Distinct().Count());
        Assert.DoesNotContain(
            host.Logs.GetSnapshot(), l => l.Text().Contains("unix", StringComparison.Ordinal) && l.Level == LogLevel.Warning);
    }

    [Theory]
    [InlineData(false, "", "", "kohakuriver_session_")]
    [InlineData(false, "https://cluster.example", "", "__Host-kohakuriver_session_")]
    [InlineData(false, "https://cluster.example", "http", "__Host-kohakuriver_session_")]
    [InlineData(true, "https://cluster.example", "", "__Host-kohakuriver_session_")]
    [InlineData(true, "", "https", "__Host-kohakuriver_session_")]
    [InlineData(false, "", "https", "kohakuriver_session_")]
    [InlineData(true, "https://cluster.example", "http", "__Host-kohakuriver_session_")]
    [Trait("Requirement", "S8"), Trait("Requirement", "V3.3.1")]
    public async Task Cookie_ThroughASocket_IsSecureWherePeopleComeByHttps(
        bool trusted, string publicUrl, string proto, string name)
    {
        await using var host = await StartAsync(o =>
        {
            o.PublicUrl = publicUrl.Length == 0 ? null : new Uri(publicUrl);
            if (trusted)
            {
                o.TrustedProxies.Add("unix");
            }
        });
        await host.AddUserAsync("lea");
        using var client = host.Client(socket: SocketPath);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login") { Content = JsonContent.Create(
            new { username = "lea", password = TestHost.Password }) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (proto.Length > 0)
        {
            request.Headers.Add("X-Forwarded-Proto", proto);
        }

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(name, cookie, StringComparison.Ordinal);
        Assert.Equal(name.StartsWith("__Host-", StringComparison.Ordinal), cookie.Contains("; secure", StringComparison.Ordinal));

        // And it lets its holder in.
        using var me = new HttpRequestMessage(HttpMethod.Get, "/guarded");
        me.Headers.Add("Cookie", cookie.Split(';')[0]);
        if (proto.Length > 0)
        {
            me.Headers.Add("X-Forwarded-Proto", proto);
        }

        using var inside = await client.SendAsync(me);
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
    }

    private Task<SocketHost> StartAsync(Action<KohakuAuthOptions>? options = null) => SocketHost.StartAsync(
        options, app => app.MapGet("/guarded", () => "in").RequireKohakuRole(Role.Viewer), $"http://unix:{SocketPath}");

    private async Task<int> GuessAsync(SocketHost host, params (string Name, string Value)[] headers)
    {
        using var client = host.Client(socket: SocketPath);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/users");
        request.Headers.Add("X-Admin-Token", "a wrong secret of many letters 0123456789");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
