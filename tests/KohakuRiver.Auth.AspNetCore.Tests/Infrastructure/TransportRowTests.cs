using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Plain HTTP, HTTPS and WebSockets.</summary>
public sealed class TransportRowTests
{
    private static readonly HostSetup Setup = new()
    {
        Options = o => o.PublicUrl = new Uri("https://cluster.example"),
        Map = app =>
        {
            app.MapGet("/guarded", () => "in").RequireKohakuRole(Role.Viewer);
            app.MapGet("/socket", () => "in").RequireKohakuRole(Role.Viewer);
            app.MapGet("/own", () => "in");
            var api = app.MapKohakuApiGroup("/api");
            api.MapPost("/public", () => "in").AllowAnonymous();
        },
    };

    [Theory]
    [InlineData("203.0.113.5", "http", 400)]
    [InlineData("::ffff:203.0.113.5", "http", 400)]
    [InlineData("10.0.0.9", "http", 400)]
    [InlineData("203.0.113.5", "https", 200)]
    [InlineData("127.0.0.1", "http", 200)]
    [InlineData("::1", "http", 200)]
    [InlineData("192.0.2.1", "http", 200)]
    [Trait("Requirement", "V4.1.2"), Trait("Requirement", "V4.4.1"), Trait("Requirement", "V12.2.1")]
    public async Task PlainHttp_FromAfarWhereHttpsIsSetUp_IsRefusedAndNotRedirected(
        string peer, string scheme, int status)
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Peer = peer,
            Options = o =>
            {
                Setup.Options!(o);
                o.TrustedProxies.Add("192.0.2.1");
            },
        });
        var person = await host.AddAsync(Role.Viewer);
        (string, string)[] upgrade = [("Upgrade", "websocket"), ("Connection", "Upgrade")];

        Answer[] answers =
        [
            await host.SendAsync(HttpMethod.Get, "/guarded", [person.BearerHeader], scheme: scheme),
            await host.SendAsync(HttpMethod.Get, "/socket", [person.BearerHeader, .. upgrade], scheme: scheme),
            await host.SendAsync(HttpMethod.Post, "/api/public", scheme: scheme),
        ];

        foreach (var answer in answers)
        {
            Assert.Equal(status, answer.Status);
            Assert.Null(answer.Header("Location"));
            if (status == 400)
            {
                answer.AssertProblem(400);
            }
        }

        Assert.Equal("in", (await host.SendAsync(HttpMethod.Get, "/own", scheme: scheme)).Body);
    }

    [Fact]
    public async Task PlainHttp_WhereNoHttpsIsSetUp_IsServed()
    {
        await using var host = await TestHost.StartAsync(Setup with { Peer = "203.0.113.5", Options = null });

        Assert.Equal(200, (await host.GetAsync("/guarded", (await host.AddAsync(Role.Viewer)).BearerHeader)).Status);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8000", "", "", "http://0.0.0.0:8000")]
    [InlineData("http://[::]:8000", "", "", "http://[::]:8000")]
    [InlineData("http://*:8000", "", "", "http://*:8000")]
    [InlineData("http://+:8000", "", "", "http://+:8000")]
    [InlineData("http://10.0.0.1:80 http://localhost:8000", "", "", "http://10.0.0.1:80")]
    [InlineData("http://localhost:8000 http://127.0.0.1:1 http://[::1]:1", "", "", "")]
    [InlineData("http://unix:/run/kohaku.sock", "", "", "")]
    [InlineData("http://*:80 https://*:443", "", "", "")]
    [InlineData("http://*:80", "https://cluster.example", "", "")]
    [InlineData("http://*:80", "http://cluster.example", "", "http://*:80")]
    [InlineData("http://*:80", "", "10.0.0.1", "")]
    [InlineData("", "", "", "")]
    [Trait("Requirement", "V12.2.1")]
    public void Addresses_BeyondThisMachineWithoutHttps_AreWarnedOf(
        string listening, string publicUrl, string proxy, string expected)
    {
        var options = new KohakuAuthOptions { PublicUrl = publicUrl.Length == 0 ? null : new Uri(publicUrl) };
        using var server = new Listening(listening.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var transport = new PlainHttp(server, new TrustedProxies(proxy.Length == 0 ? [] : [proxy]), Options.Create(options));

        Assert.Equal(expected, string.Join(' ', transport.ExposedAddresses()));
    }

    [Fact]
    [Trait("Requirement", "V4.1.2")]
    public async Task PlainHttp_WhereTheServerListensForHttps_IsRefused()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Peer = "203.0.113.5",
            Options = null,
            Map = app =>
            {
                Setup.Map!(app);
                app.Services.GetRequiredService<IServer>().Features
                    .GetRequiredFeature<IServerAddressesFeature>().Addresses
                    .Add("https://0.0.0.0:8443");
            },
        });

        (await host.GetAsync("/guarded", (await host.AddAsync(Role.Viewer)).BearerHeader)).AssertProblem(400);
    }

    [Fact]
    [Trait("Requirement", "V4.4.3")]
    public async Task WebSocketUpgrade_WithoutSession_Is401WhateverTheQuerySays()
    {
        await using var host = await TestHost.StartAsync(Setup with { Options = null });
        var person = await host.AddAsync(Role.Viewer);
        (string, string)[] upgrade =
        [
            ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "MDEyMzQ1Njc4OWFiY2RlZg=="),
        ];

        (await host.GetAsync("/socket", upgrade)).AssertProblem(401);
        foreach (var query in new[] { "token", "access_token", "session", "kohakuriver_session", "authorization", "bearer" })
        {
            (await host.GetAsync($"/socket?{query}={person.Token}", upgrade)).AssertProblem(401);
            (await host.GetAsync($"/socket?{query}={person.Cookie}", upgrade)).AssertProblem(401);
        }

        (await host.GetAsync("/socket", [.. upgrade, ("Sec-WebSocket-Protocol", $"bearer, {person.Token}")])).AssertProblem(401);
        Assert.Equal("in", (await host.GetAsync("/socket", [.. upgrade, person.CookieHeader])).Body);
    }

    private sealed class Listening : IServer, IServerAddressesFeature
    {
        internal Listening(string[] addresses)
        {
            Addresses = [.. addresses];
            Features.Set<IServerAddressesFeature>(this);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public ICollection<string> Addresses { get; }

        public bool PreferHostingUrls { get; set; }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
