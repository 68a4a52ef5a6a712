using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>
/// The panel where others stand beside it or in front: hosts of the same name, proxies, plain HTTP, pages of other sites.
/// </summary>
public sealed class PlaceTests
{
    [Fact]
    [Trait("Requirement", "S8")]
    public async Task TwoPanels_OnOneHostName_DisturbNeitherSessionNorFormNorChoice()
    {
        await using var left = await PanelHost.StartAsync();
        await using var right = await PanelHost.StartAsync();
        var jar = new CookieContainer();
        using var onLeft = new PanelClient(left, jar);
        using var onRight = new PanelClient(right, jar);

        // Each form is shown before the other host gives its cookies.
        var leftForm = await onLeft.TokenAsync();
        var rightForm = await onRight.TokenAsync();
        using var leftLogin = await LogInAsync(onLeft, leftForm, "the-admin");
        using var rightLogin = await LogInAsync(onRight, rightForm, "the-viewer");
        Assert.Equal(HttpStatusCode.SeeOther, leftLogin.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, rightLogin.StatusCode);
        Assert.Contains("the-admin", await onLeft.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("the-viewer", await onRight.ReadAsync("/account"), StringComparison.Ordinal);

        // What one host has to say is not said by the other; the colours chosen here are not chosen there.
        using var theme = await onLeft.PostAsync("/theme", ("theme", "dark"));
        using var saved = await onLeft.PostAsync("/account/name", ("display_name", "Lea"));
        Assert.DoesNotContain("Display name saved.", await onRight.ReadAsync(""), StringComparison.Ordinal);
        Assert.DoesNotContain("data-theme=\"dark\"", await onRight.ReadAsync(""), StringComparison.Ordinal);
        var page = await onLeft.ReadAsync("/account");
        Assert.Contains("Display name saved.", page, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\"", page, StringComparison.Ordinal);

        using var logout = await onLeft.PostAsync("/logout");
        Assert.Equal("\"cache\"", Assert.Single(logout.Headers.GetValues("Clear-Site-Data")));
        Assert.Null(onLeft.SessionCookie);
        Assert.Contains("the-viewer", await onRight.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_BesideASecondCookieOfTheName_GoesOnAndLogoutEndsBoth()
    {
        await using var host = await PanelHost.StartAsync();
        using var victim = await host.LogInAsync(Role.Admin);
        using var other = await host.LogInAsync(Role.Admin);
        var name = "kohakuriver_session_" + host.Get<ISettingsService>().DeploymentId;
        var planted = $"{name}=krs_planted; {name}={victim.SessionCookie}; kohakuriver_session={other.SessionCookie}";
        var page = await SendAsync(host, HttpMethod.Get, "/account", planted);
        Assert.Equal(HttpStatusCode.OK, page.Status);

        var logout = await SendAsync(host, HttpMethod.Post, "/logout", planted, ("form_token", PanelClient.TokenOf(page.Body)));
        Assert.Equal(HttpStatusCode.SeeOther, logout.Status);
        using var first = await victim.GetAsync("/account");
        using var second = await other.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, first.StatusCode);
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "/cluster", "/cluster/admin")]
    [InlineData("127.0.0.1", "//evil.example", "/admin")]
    [InlineData("192.0.2.1", "/cluster", "/admin")]
    [InlineData("192.0.2.1", "//evil.example", "/admin")]
    public async Task Prefix_StrippedByATrustedProxy_IsInEveryAddress(string proxy, string prefix, string home)
    {
        await using var host = await PanelHost.StartAsync(o => o.TrustedProxies.Add(proxy));
        using var client = new PanelClient(host);
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Prefix", prefix);

        using var stranger = await client.GetAsync("/users?search=x");
        Assert.Equal($"{home}/login?return={Uri.EscapeDataString(home + "/users?search=x")}", stranger.Headers.Location!.OriginalString);
        using var login = await client.GetAsync("/login");
        var html = await login.Content.ReadAsStringAsync();
        Assert.Contains($"action=\"{home}/login\"", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"{home}/assets/", html, StringComparison.Ordinal);
        var path = home == "/admin" ? "/" : "/cluster";
        var form = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains($"; path={path};", form + ";", StringComparison.Ordinal);

        // The jar would not send a cookie of the outer path to the inner one, so it is sent by hand.
        var answer = await SendAsync(
            host, HttpMethod.Post, "/login", form.Split(';')[0], client.Http.DefaultRequestHeaders.Select(h => (h.Key, h.Value.Single())),
            ("form_token", PanelClient.TokenOf(html)), ("username", "the-admin"), ("password", PanelHost.Password), ("return", ""));
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(home, answer.Location);
        Assert.All(answer.Cookies, c => Assert.Contains($"; path={path};", c + ";", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("203.0.113.5", HttpStatusCode.BadRequest)]
    [InlineData("::ffff:203.0.113.5", HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("192.0.2.1", HttpStatusCode.OK)]
    [Trait("Requirement", "V12.2.1")]
    public async Task PublicPages_OverPlainHttpWhereHttpsIsSetUp_AreRefused(string peer, HttpStatusCode status)
    {
        await using var host = await PanelHost.StartAsync(
            o =>
            {
                o.PublicUrl = new Uri("https://cluster.example");
                o.TrustedProxies.Add("192.0.2.1");
            },
            services: s => s.AddSingleton<IStartupFilter>(new PeerFilter(IPAddress.Parse(peer))));
        using var client = new PanelClient(host);

        foreach (var path in new[] { "/login", "/register", "/setup", "/reset" })
        {
            using var page = await client.GetAsync(path);
            Assert.Equal(status, page.StatusCode);
            Assert.Null(page.Headers.Location);

            // A forged word of a proxy changes nothing; a refused form reaches no handler.
            using var forged = await client.SendAsync(
                path,
                new FormUrlEncodedContent([]),
                ("X-Forwarded-Proto", peer == "192.0.2.1" ? "http" : "https"),
                ("X-Forwarded-For", "127.0.0.1"));
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
            Assert.Equal(
                status == HttpStatusCode.OK, !(await forged.Content.ReadAsStringAsync()).Contains("HTTPS only", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.NotFound)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Panel_WithAuthenticationOff_IsNoWayInForAnotherName(string name, HttpStatusCode status)
    {
        var runs = 0;
        await using var host = await PanelHost.StartAsync(
            o => o.Enabled = false, withUsers: false, map: app => app.MapPost("/own", () => ++runs));
        using var client = new HttpClient { BaseAddress = host.Address };
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/admin"), (HttpMethod.Post, "/admin/login"), (HttpMethod.Post, "/own") })
        {
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Host = $"{name}:{host.Address.Port}";
            request.Headers.Add("Origin", $"http://{name}:{host.Address.Port}");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            using var answer = await client.SendAsync(request);
            Assert.Equal(path == "/own" && status == HttpStatusCode.NotFound ? HttpStatusCode.OK : status, answer.StatusCode);
        }

        Assert.Equal(status == HttpStatusCode.NotFound ? 1 : 0, runs);
    }

    [Fact]
    public async Task PanelAndHealth_ForPortsOfTheirOwn_AreAbsentAtThisOne()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddKohakuAuth().UseInMemoryStores().AddAspNetCore(o => o.SetupLinkOutput = _ => { }).AddAdminPanel();
        builder.Services.AddHealthChecks().AddKohakuAuth();
        await using var app = builder.Build();
        app.UseKohakuAuth();

        // <snippet:local-port>
        app.MapHealthChecks("/health/ready").AllowAnonymous().RequireLocalPort(8081);
        app.MapKohakuAdminPanel().RequireLocalPort(8443);
        // </snippet:local-port>
        app.MapHealthChecks("/health/here").AllowAnonymous();
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        foreach (var (path, port, status) in new[]
        {
            ("/health/ready", 8081, HttpStatusCode.NotFound),
            ("/admin/login", 8443, HttpStatusCode.NotFound),
            ("/admin", 8443, HttpStatusCode.NotFound),
            ("/health/here", 8081, HttpStatusCode.OK),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = $"localhost:{port}";
            using var answer = await client.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> LogInAsync(PanelClient client, string token, string name) =>
        client.PostWithAsync(token, "/login", ("username", name), ("password", PanelHost.Password), ("return", ""));

    private static Task<Seen> SendAsync(
        PanelHost host, HttpMethod method, string path, string cookies, params (string Name, string Value)[] fields) =>
        SendAsync(host, method, path, cookies, [], fields);

    private static async Task<Seen> SendAsync(
        PanelHost host, HttpMethod method, string path, string cookies, IEnumerable<(string Name, string Value)> headers, params (
            string Name, string Value)[] fields)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        client.BaseAddress = host.Address;
        using var request = new HttpRequestMessage(method, "/admin" + path);
        request.Headers.Add("Cookie", cookies);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        }

        using var answer = await client.SendAsync(request);
        return new Seen(
            answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString,
            answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : []);
    }

    private sealed record Seen(HttpStatusCode Status, string Body, string? Location, IReadOnlyList<string> Cookies);

    private sealed class PeerFilter(IPAddress peer) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, inner) =>
            {
                context.Connection.RemoteIpAddress = peer;
                return inner(context);
            });
            next(app);
        };
    }
}
