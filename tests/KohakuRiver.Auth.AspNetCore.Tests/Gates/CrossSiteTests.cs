using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>What a page of another site sends with somebody's session cookie, to gates of the host's own and of the library's.</summary>
public sealed class CrossSiteTests
{
    private static readonly (string, string) Foreign = ("Origin", "https://evil.example");

    private static readonly HostSetup Setup = new()
    {
        OnSockets = true,
        Auth = auth => auth.AddAspNetCore(o => o.UseAsDefaultScheme = true),
        Pipeline = app =>
        {
            app.UseWebSockets();
            app.UseKohakuAuth();
        },
        Map = app =>
        {
            app.MapPost("/default", Who).RequireAuthorization();
            app.MapPost("/named", [Authorize(AuthenticationSchemes = KohakuAuthDefaults.Scheme)] (HttpContext http) => Who(http));
            app.MapPost("/roles", [Authorize(Roles = "viewer")] (HttpContext http) => Who(http));
            app.MapPost("/gate", Who).RequireKohakuRole(Role.Viewer);
            app.MapPost("/plain", Who).RequireAuthorization(PermissionNames.ViewTasks);
            app.MapPost("/actor", (Actor actor) => actor.Username);
            app.MapPost("/open", Who);
            app.MapPost("/both", Who).RequireAuthorization().RequireKohakuRole(Role.Viewer);
            app.MapPost("/let-off", Who).RequireAuthorization().AllowCrossSiteCookie();
            app.MapPost("/let-off-gate", [AllowCrossSiteCookie] (HttpContext http) => Who(http))
                .RequirePermission(PermissionNames.ViewTasks);
            app.Map("/socket", OpenAsync).RequireAuthorization();
            app.Map("/socket-gate", OpenAsync).RequireKohakuRole(Role.Viewer);
            app.Map("/socket-let-off", OpenAsync).RequireKohakuRole(Role.Viewer).AllowCrossSiteCookie();
            app.MapKohakuAuth().AllowCrossSiteCookie();
        },
    };

    [Theory]
    [InlineData("/default", 401)]
    [InlineData("/named", 401)]
    [InlineData("/roles", 401)]
    [InlineData("/gate", 403)]
    [InlineData("/plain", 403)]
    [InlineData("/both", 403)]
    [InlineData("/actor", 403)]
    [Trait("Requirement", "R4")]
    public async Task Change_FromAnotherSite_IsNobodysWhoeverAsks(string path, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        foreach (var foreign in new[]
        {
            Foreign,
            ("Origin", "http://127.0.0.1:1"),
            ("Origin", "null"),
            ("Sec-Fetch-Site", "same-site"),
            ("Sec-Fetch-Site", "cross-site"),
        })
        {
            var answer = await host.PostAsync(path, person.CookieHeader, foreign);

            answer.AssertProblem(status);
            Assert.Contains("PublicUrl", (string)answer.Json["detail"]!);
        }

        var entries = await host.AuditAsync(AuditActions.CrossSite);
        Assert.Equal(5, entries.Count);
        Assert.All(entries, e => Assert.Equal((person.Name, $"POST {path}"), (e.Actor, e.Target)));
        Assert.Equal(
            person.Name,
            (await host.PostAsync(path, person.CookieHeader, ("Origin", host.Addresses[0].GetLeftPart(UriPartial.Authority)))).Body);
        Assert.Equal(person.Name, (await host.PostAsync(path, person.CookieHeader)).Body);
        Assert.Equal(person.Name, (await host.PostAsync(path, person.BearerHeader, Foreign)).Body);
    }

    [Fact]
    public async Task Change_FromAnotherSiteToAnOpenEndpoint_HasNoUser()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("nobody", (await host.PostAsync("/open", person.CookieHeader, Foreign)).Body);
        Assert.Equal(person.Name, (await host.PostAsync("/open", person.CookieHeader)).Body);
    }

    [Theory]
    [InlineData("/let-off")]
    [InlineData("/let-off-gate")]
    public async Task Change_WhereTheEndpointLetsItOff_IsTheCookies(string path)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal(person.Name, (await host.PostAsync(path, person.CookieHeader, Foreign)).Body);
        (await host.PostAsync(path, Foreign)).AssertProblem(401);
    }

    [Fact]
    public async Task OwnCalls_WhateverTheHostSaysOfThem_AreForThisSiteOnly()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);

        (await host.PostAsync("/api/auth/users", person.CookieHeader, Foreign)).AssertProblem(403);
        (await host.PostAsync("/api/auth/logout", person.CookieHeader, Foreign)).AssertProblem(403);
    }

    [Fact]
    public async Task Change_FromAnotherSite_IsNoActivity()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        host.Clock.Advance(TimeSpan.FromHours(1));

        await host.PostAsync("/default", person.CookieHeader, Foreign);
        await host.Services.GetRequiredService<ICredentialService>().WriteUsesAsync();

        var sessions = (
            await host.Services.GetRequiredService<IUserCredentialService>().ListSessionsAsync(Actor.Host, person.Id)).Value!.Sessions;
        Assert.Equal(host.Clock.GetUtcNow().AddHours(-1), Assert.Single(sessions).LastSeenAt);
    }

    [Theory]
    [InlineData("/default", 401)]
    [InlineData("/gate", 403)]
    [InlineData("/actor", 403)]
    public async Task Change_FromAnotherSiteWithAuthOff_IsNotTheSystems(string path, int status)
    {
        await using var host = await TestHost.StartAsync(Setup with { Options = o => o.Enabled = false });

        (await host.PostAsync(path, Foreign)).AssertProblem(status);
        Assert.Equal(Actor.SystemName, (await host.PostAsync(path)).Body);
    }

    [Theory]
    [InlineData("/socket", 1, 401)]
    [InlineData("/socket", 2, 401)]
    [InlineData("/socket-gate", 1, 403)]
    [InlineData("/socket-gate", 2, 403)]
    [Trait("Requirement", "V4.4.2")]
    public async Task WebSocket_OfAnotherSite_IsNobodys(string path, int version, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        var own = host.Addresses[version - 1].GetLeftPart(UriPartial.Authority);

        Assert.Equal(status, await ConnectAsync(host, path, version, person.CookieHeader, Foreign));
        Assert.Equal(status, await ConnectAsync(host, path, version, person.CookieHeader, ("Origin", "null")));
        Assert.Equal(0, await ConnectAsync(host, path, version, person.CookieHeader, ("Origin", own)));
        Assert.Equal(0, await ConnectAsync(host, path, version, person.CookieHeader));
        Assert.Equal(0, await ConnectAsync(host, path, version, person.BearerHeader, Foreign));
        Assert.Equal(0, await ConnectAsync(host, "/socket-let-off", version, person.CookieHeader, Foreign));
        Assert.Equal(401, await ConnectAsync(host, "/socket-let-off", version, Foreign));
    }

    private static string Who(HttpContext http) => http.User.FindFirstValue(ClaimTypes.Name) ?? "nobody";

    private static async Task OpenAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "hello", http.RequestAborted);
    }

    /// <summary>The status that refuses it; 0 when it is opened.</summary>
    private static async Task<int> ConnectAsync(TestHost host, string path, int version, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var invoker = new HttpMessageInvoker(handler);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        try
        {
            await socket.ConnectAsync(
                new UriBuilder(host.Addresses[version - 1]) { Scheme = "ws", Path = path }.Uri,
                invoker,
                TestContext.Current.CancellationToken);
            return 0;
        }
        catch (WebSocketException) when (socket.HttpStatusCode != HttpStatusCode.OK)
        {
            return (int)socket.HttpStatusCode;
        }
    }
}
