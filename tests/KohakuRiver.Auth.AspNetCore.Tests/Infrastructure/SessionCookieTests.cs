using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>How the session cookie is named, written and read over HTTP and HTTPS.</summary>
public sealed class SessionCookieTests
{
    private const string Plain = "kohakuriver_session";
    private const string Secure = "__Host-kohakuriver_session";
    private const string Id = "aaaa1111";

    private static readonly DateTimeOffset Expiry = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string, string) FromBrowser = ("Sec-Fetch-Site", "same-origin");

    private static readonly HostSetup Setup = new()
    {
        Deployment = Id,
        Map = app =>
        {
            app.MapGet("/who", (Actor actor) => actor.Kind.ToString()).RequireKohakuRole(Role.Viewer);
            app.MapGet("/name", (Actor actor) => actor.Username).RequireKohakuRole(Role.Viewer);
            app.MapGet("/write", (HttpContext http) => SessionCookie.Write(http, "krs_value", Expiry, [])).AllowAnonymous();
            app.MapGet("/clear", (HttpContext http) => SessionCookie.Clear(http, [])).AllowAnonymous();
            app.MapGet(
                "/read",
                (HttpContext http) => SessionCookie.Read(http) is { Count: > 0 } read ? string.Join('|', read!) : "none").AllowAnonymous();
        },
    };

    [Theory]
    [InlineData("http", Plain + "_" + Id + "=krs_value; expires=Mon, 02 Mar 2026 12:00:00 GMT; path=/; samesite=lax; httponly")]
    [InlineData("https", Secure + "_" + Id + "=krs_value; expires=Mon, 02 Mar 2026 12:00:00 GMT; path=/; secure; samesite=lax; httponly")]
    [Trait("Requirement", "S8"), Trait("Requirement", "V3.3.1"), Trait("Requirement", "V3.3.2"), Trait("Requirement", "V3.3.3")]
    [Trait("Requirement", "V3.3.4")]
    public async Task Cookie_IsWrittenForItsScheme(string scheme, string expected)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.SendAsync(HttpMethod.Get, "/write", [FromBrowser], scheme: scheme);

        Assert.Equal(expected, answer.Header("Set-Cookie"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("http", null, null, "", Plain + "_" + Id + " " + Plain)]
    [InlineData("http", "Origin", "http://host.test", "", Plain + "_" + Id)]
    [InlineData("http", "Sec-Fetch-Site", "none", "", Plain + "_" + Id)]
    [InlineData("https", null, null, "", Secure + "_" + Id)]
    [InlineData("http", null, null, "https://host.test", Secure + "_" + Id + " " + Plain)]
    [InlineData("http", "Origin", "https://host.test", "https://host.test", Secure + "_" + Id)]
    [InlineData("http", null, null, "http://host.test", Plain + "_" + Id + " " + Plain)]
    [Trait("Requirement", "S8")]
    public async Task Cookie_ForAProgramOnPlainHttp_ComesUnderTheOldNameToo(
        string scheme, string? header, string? value, string publicUrl, string names)
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Options = o => o.PublicUrl = publicUrl.Length == 0 ? null : new Uri(publicUrl) });

        var answer = await host.SendAsync(HttpMethod.Get, "/write", header is null ? [] : [(header, value!)], scheme: scheme);

        Assert.Equal(names.Split(' '), answer.Headers["Set-Cookie"].Select(c => c.Split('=')[0]));
        Assert.All(
            answer.Headers["Set-Cookie"],
            c => Assert.Equal(c.StartsWith("__Host-", StringComparison.Ordinal), c.Contains("; secure", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http", Plain)]
    [InlineData("https", Secure)]
    public async Task Cookie_IsTakenAwayUnderTheSameName(string scheme, string name)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var cookie = (await host.SendAsync(HttpMethod.Get, "/clear", scheme: scheme)).Header("Set-Cookie")!;

        Assert.StartsWith($"{name}_{Id}=;", cookie);
        Assert.Contains("expires=Thu, 01 Jan 1970", cookie);
        Assert.Contains("path=/", cookie);
        Assert.Contains("httponly", cookie);
    }

    [Theory]
    [InlineData("http", Plain + "_" + Id, 200)]
    [InlineData("http", Plain, 200)]
    [InlineData("http", Plain + "_bbbb2222", 401)]
    [InlineData("http", Secure + "_" + Id, 401)]
    [InlineData("http", Secure, 401)]
    [InlineData("http", "Kohakuriver_Session", 401)]
    [InlineData("https", Secure + "_" + Id, 200)]
    [InlineData("https", Secure, 200)]
    [InlineData("https", Secure + "_bbbb2222", 401)]
    [InlineData("https", Plain + "_" + Id, 401)]
    [InlineData("https", Plain, 401)]
    [Trait("Requirement", "S8")]
    public async Task Cookie_IsReadUnderTheNamesOfItsSchemeOnly(string scheme, string name, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.SendAsync(HttpMethod.Get, "/who", [("Cookie", $"other=1; {name}={person.Cookie}")], scheme: scheme);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData(Secure + "_" + Id, true, 200)]
    [InlineData(Secure, true, 200)]
    [InlineData(Plain + "_" + Id, true, 401)]
    [InlineData(Plain, true, 401)]
    [InlineData(Secure + "_" + Id, false, 200)]
    [InlineData(Plain, false, 200)]
    public async Task Cookie_OverPlainHttpOfAnHttpsHost_IsReadUnderOtherNamesForProgramsOnly(string name, bool browser, int status)
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Peer = "127.0.0.1", Options = o => o.PublicUrl = new Uri("https://host.test") });
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.GetAsync(
            "/who", [("Cookie", $"{name}={person.Cookie}"), .. browser ? [FromBrowser] : Array.Empty<(string, string)>()]);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    [Trait("Requirement", "V3.3.1"), Trait("Requirement", "V3.3.3")]
    public async Task Cookie_BehindATrustedProxyThatSpeaksHttps_IsTheSecureOne()
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Peer = "10.0.0.1", Options = o => o.TrustedProxies.Add("10.0.0.0/8") });
        (string, string)[] proxied = [("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https")];
        var person = await host.AddAsync(Role.Viewer);

        Assert.StartsWith($"{Secure}_{Id}=", (await host.GetAsync("/write", proxied)).Header("Set-Cookie"));
        Assert.Equal(200, (await host.GetAsync("/who", [.. proxied, ("Cookie", $"{Secure}={person.Cookie}")])).Status);
        Assert.Equal(401, (await host.GetAsync("/who", [.. proxied, person.CookieHeader])).Status);
    }

    [Fact]
    public async Task Cookie_BehindAProxyNobodyNamed_IsSecureWherePublicUrlSaysHttps()
    {
        (string, string)[] forged = [("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https"), FromBrowser];
        await using var silent = await TestHost.StartAsync(Setup with { Peer = "10.0.0.1" });
        await using var told = await TestHost.StartAsync(
            Setup with { Peer = "127.0.0.1", Options = o => o.PublicUrl = new Uri("https://host.test") });

        Assert.StartsWith($"{Plain}_{Id}=", (await silent.GetAsync("/write", forged)).Header("Set-Cookie"));
        Assert.StartsWith($"{Secure}_{Id}=", (await told.GetAsync("/write", FromBrowser)).Header("Set-Cookie"));
        Assert.Contains("; secure", (await told.GetAsync("/write", FromBrowser)).Header("Set-Cookie"));
    }

    [Fact]
    public async Task TwoSessionCookies_EachIsTried_AndTheGoodOneCounts()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var (mary, max) = (await host.AddAsync(Role.Viewer), await host.AddAsync(Role.Viewer));
        var unknown = SecretGenerator.Create(SecretKind.Session).Reveal();
        var own = $"{Plain}_{Id}";
        foreach (var (sent, expected) in new[]
        {
            ($"{Plain}={mary.Cookie}; {Plain}={mary.Cookie}", mary.Name),
            ($"{Plain}={unknown}; {Plain}={mary.Cookie}", mary.Name),
            ($"{Plain}={mary.Cookie}; {Plain}={unknown}", mary.Name),
            ($"{own}=nonsense; {own}={mary.Cookie}", mary.Name),
            ($"{own}={new string('x', 5000)}; {own}={mary.Cookie}", mary.Name),
            ($"{Plain}={max.Cookie}; {own}={mary.Cookie}", mary.Name),
            ($"{Plain}={mary.Cookie}; {own}={unknown}", mary.Name),
            ($"{Plain}={mary.Cookie}; {own}=", mary.Name),
        })
        {
            Assert.Equal(expected, (await host.GetAsync("/name", ("Cookie", sent))).Body);
        }

        // In one header or in several, as HTTP/2 sends them.
        Assert.Equal(
            mary.Name, (await host.GetAsync("/name", ("Cookie", $"{Plain}={unknown}"), ("Cookie", $"{Plain}={mary.Cookie}"))).Body);
    }

    [Fact]
    public async Task BadCookies_FallThroughToTheBearer_AndAloneAre401AndTakenAway()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        var unknown = SecretGenerator.Create(SecretKind.Session).Reveal();
        var sent = ("Cookie", $"{Plain}_{Id}={unknown}; {Plain}_{Id}=nonsense");

        var helped = await host.GetAsync("/who", sent, person.BearerHeader);
        var alone = await host.GetAsync("/who", sent);
        var withBadBearer = await host.GetAsync("/who", sent, ("Authorization", "Bearer krt_nonsense"));

        Assert.Equal("Token", helped.Body);
        Assert.Null(helped.Header("Set-Cookie"));
        alone.AssertProblem(401);
        Assert.StartsWith($"{Plain}_{Id}=; expires=Thu, 01 Jan 1970", alone.Header("Set-Cookie"));
        withBadBearer.AssertProblem(401);
        Assert.Null(withBadBearer.Header("Set-Cookie"));
    }

    [Fact]
    [Trait("Requirement", "S8")]
    public async Task BadCookie_UnderANameWithoutId_StaysWhereItMayBeAnothersSession()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var unknown = SecretGenerator.Create(SecretKind.Session).Reveal();

        var others = await host.GetAsync("/who", ("Cookie", $"{Plain}={unknown}"));
        var nobodys = await host.GetAsync("/who", ("Cookie", $"{Plain}=nonsense"));
        var ours = await host.GetAsync("/who", ("Cookie", $"{Plain}={unknown}; {Plain}_{Id}={unknown}"));

        Assert.All([others, nobodys, ours], a => a.AssertProblem(401));
        Assert.Equal([$"{Plain}_{Id}"], others.Headers["Set-Cookie"].Select(c => c.Split('=')[0]));
        Assert.Equal([$"{Plain}_{Id}", Plain], nobodys.Headers["Set-Cookie"].Select(c => c.Split('=')[0]));
        Assert.Equal([$"{Plain}_{Id}", Plain], ours.Headers["Set-Cookie"].Select(c => c.Split('=')[0]));
    }

    [Theory]
    [InlineData(Plain + "=abc", "abc")]
    [InlineData("a=b;" + Plain + "=abc ; c=d", "abc")]
    [InlineData("x" + Plain + "=abc", "none")]
    [InlineData(Plain + "x=abc", "none")]
    [InlineData(Plain, "none")]
    [InlineData(Plain + "=a=b", "a=b")]
    [InlineData(Plain + "=old; " + Plain + "_" + Id + "=new", "new|old")]
    [InlineData(Plain + "_" + Id + "=1; " + Plain + "_" + Id + "=2; " + Plain + "=2; " + Plain + "=3", "1|2|3")]
    public async Task Cookie_IsFoundByItsExactName(string header, string expected)
    {
        await using var host = await TestHost.StartAsync(Setup);

        Assert.Equal(expected, (await host.GetAsync("/read", ("Cookie", header))).Body);
    }

    [Fact]
    public async Task Cookies_OfAFlood_AreTriedUpToABound()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var read = (await host.GetAsync("/read", ("Cookie", string.Join("; ", Enumerable.Range(0, 500).Select(i => $"{Plain}={i}"))))).Body;

        Assert.Equal(16, read.Split('|').Length);
    }

    [Fact]
    [Trait("Requirement", "V7.6.2")]
    public async Task Bearer_NeverSetsACookie()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Null((await host.GetAsync("/who", person.BearerHeader)).Header("Set-Cookie"));
        Assert.Null((await host.GetAsync("/who")).Header("Set-Cookie"));
    }
}
