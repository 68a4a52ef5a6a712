using Microsoft.AspNetCore.Builder;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Changes by a credential the browser sends by itself come from this site only.</summary>
public sealed class SameOriginTests
{
    private static readonly HostSetup Setup = new()
    {
        Peer = "203.0.113.5",
        Map = app =>
        {
            app.MapPost("/change", () => "done").RequireKohakuRole(Role.Viewer);
            app.MapMethods("/any-method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "QUERY"], () => "done")
                .RequireKohakuRole(Role.Viewer);
            app.MapPost("/any", () => "done").AllowAnyActor();
            var api = app.MapKohakuApiGroup("/api");
            api.MapPost("/public", () => "done").AllowAnonymous();
        },
    };

    public static TheoryData<string, string, bool> Senders => new()
    {
        // Sec-Fetch-Site decides where it is sent.
        { "same-origin", "", true },
        { "none", "", true },
        { "same-site", "", false },
        { "cross-site", "", false },
        { "same-origin", "https://evil.example", true },
        { "cross-site", "http://host.test", false },
        { "SAME-ORIGIN", "", false },
        { "same-origin, same-origin", "", false },

        // Otherwise Origin does.
        { "", "http://host.test", true },
        { "", "http://HOST.test", true },
        { "", "http://host.test:80", true },
        { "", "https://host.test", false },
        { "", "http://host.test:8080", false },
        { "", "http://host.test.evil.example", false },
        { "", "http://evil.example/http://host.test", false },
        { "", "http://host.test/", false },
        { "", "http://host.test@evil.example", false },
        { "", "null", false },
        { "", "host.test", false },

        // Neither is sent by what is not a browser.
        { "", "", true },
    };

    [Theory]
    [MemberData(nameof(Senders))]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1")]
    public async Task ChangeBySession_IsJudgedByItsSender(string site, string origin, bool allowed)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        foreach (var (path, credential) in new (string, (string, string)[])[]
        {
            ("/change", [person.CookieHeader]),
            ("/any", []),
            ("/api/public", []),
        })
        {
            var answer = await host.PostAsync(path, [.. credential, .. Headers(site, origin)]);
            if (allowed)
            {
                Assert.Equal("done", answer.Body);
            }
            else
            {
                answer.AssertProblem(403);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "V16.3.3")]
    public async Task ChangeFromAnotherSite_IsAudited()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        await host.PostAsync("/change", [person.CookieHeader, .. Headers("cross-site", "")]);
        await host.PostAsync("/api/public", Headers("", "https://evil.example"));

        var entries = await host.AuditAsync(AuditActions.CrossSite);
        Assert.Equal(["_anonymous", person.Name], entries.Select(e => e.Actor));
        Assert.Equal(["POST /api/public", "POST /change"], entries.Select(e => e.Target));
        Assert.Empty(await host.AuditAsync(AuditActions.Denied));
    }

    [Fact]
    public async Task Refusals_BehindAProxyWithAnotherHost_AreLoggedOnceAnHourWithBothNames()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        const string page = "http://lab.example:5173";

        // What needs no word: the browser has compared the names itself, or says none.
        await host.PostAsync("/change", [person.CookieHeader, .. Headers("cross-site", page)]);
        await host.PostAsync("/api/public", Headers("", "null"));
        Assert.Empty(Warnings());

        var refused = await host.PostAsync("/api/public", Headers("", page));
        refused.AssertProblem(403);
        await host.PostAsync("/change", [person.CookieHeader, .. Headers("", page)]);
        Assert.Contains("set PublicUrl, or let the proxy pass on the Host header", refused.Body, StringComparison.Ordinal);
        var warning = Assert.Single(Warnings());
        Assert.Contains($"the page is at {page}, and this host was addressed as http://host.test.", warning, StringComparison.Ordinal);

        host.Clock.Advance(SameOriginCheck.Pause - TimeSpan.FromSeconds(1));
        await host.PostAsync("/api/public", Headers("", page));
        Assert.Single(Warnings());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await host.PostAsync("/api/public", Headers("", "http://evil\u202e.example/" + new string('x', 300)));
        Assert.Equal(2, Warnings().Count);
        Assert.DoesNotContain(new string('x', 200), Warnings()[1], StringComparison.Ordinal);

        List<string> Warnings() => [.. host.Logs.GetSnapshot().Where(r => r.Id.Id == 2009).Select(r => r.Message)];
    }

    [Fact]
    public async Task ChangeByBearerOrMasterSecret_MayComeFromAnywhere()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        foreach (var credential in new[] { person.BearerHeader, ("X-Admin-Token", TestHost.MasterSecret) })
        {
            Assert.Equal("done", (await host.PostAsync("/change", [credential, .. Headers("cross-site", "https://evil.example")])).Body);
        }
    }

    [Fact]
    public async Task ChangeByBearerBesideAGoodCookie_CountsAsTheCookies()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.PostAsync("/change", [person.CookieHeader, person.BearerHeader, .. Headers("cross-site", "")])).AssertProblem(403);
        Assert.Equal(
            "done",
            (await host.PostAsync(
                "/change", [("Cookie", "kohakuriver_session=bad"), person.BearerHeader, .. Headers("cross-site", "")])).Body);
    }

    [Fact]
    public async Task Change_WithAuthOff_IsCheckedToo()
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Options = o => (o.Enabled, o.PublicUrl) = (false, new Uri("http://host.test")) });

        (await host.PostAsync("/change", Headers("cross-site", ""))).AssertProblem(403);
        (await host.PostAsync("/api/public", Headers("", "null"))).AssertProblem(403);
        Assert.Equal("done", (await host.PostAsync("/change", Headers("same-origin", ""))).Body);
    }

    [Fact]
    public async Task Stranger_FromAnotherSite_IsToldToLogIn()
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await host.PostAsync("/change", Headers("cross-site", ""))).AssertProblem(401);
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("OPTIONS", true)]
    [InlineData("PUT", false)]
    [InlineData("PATCH", false)]
    [InlineData("DELETE", false)]
    [InlineData("QUERY", false)]
    public async Task Method_DecidesWhetherItIsAChange(string method, bool allowed)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.SendAsync(new HttpMethod(method), "/any-method", [person.CookieHeader, .. Headers("cross-site", "")]);

        Assert.Equal(allowed ? 200 : 403, answer.Status);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://host.test", 200)]
    [Trait("Requirement", "V4.4.2")]
    public async Task WebSocketUpgrade_IsJudgedByItsOrigin(string origin, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.GetAsync(
            "/any-method", [person.CookieHeader, ("Upgrade", "websocket"), ("Connection", "Upgrade"), .. Headers("", origin)]);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Origin_OfTheConfiguredPublicAddress_IsThisSite()
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Peer = "127.0.0.1", Options = o => o.PublicUrl = new Uri("https://cluster.example:8443/base") });
        var person = await host.AddAsync(Role.Viewer);

        var cookie = ("Cookie", $"__Host-kohakuriver_session={person.Cookie}");
        Assert.Equal("done", (await host.PostAsync("/change", [cookie, .. Headers("", "https://cluster.example:8443")])).Body);
        (await host.PostAsync("/change", [cookie, .. Headers("", "https://cluster.example")])).AssertProblem(403);
    }

    [Fact]
    public async Task Origin_TwoOfThem_IsRefused()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.PostAsync("/change", person.CookieHeader, ("Origin", "http://host.test"), ("Origin", "https://evil.example")))
            .AssertProblem(403);
    }

    private static (string, string)[] Headers(string site, string origin) =>
    [
        .. site.Length == 0 ? Array.Empty<(string, string)>() : [("Sec-Fetch-Site", site)],
        .. origin.Length == 0 ? Array.Empty<(string, string)>() : [("Origin", origin)],
    ];
}
