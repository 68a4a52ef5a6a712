using KohakuRiver.Auth.AspNetCore.Http;
using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>How the session cookie is named, written and read over HTTP and HTTPS.</summary>
public sealed class SessionCookieTests
{
    private static readonly DateTimeOffset Expiry = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly HostSetup Setup = new()
    {
        Map = app =>
        {
            app.MapGet("/who", (Actor actor) => actor.Kind.ToString()).RequireKohakuRole(Role.Viewer);
            app.MapGet("/write", (HttpContext http) => SessionCookie.Write(http, "krs_value", Expiry)).AllowAnonymous();
            app.MapGet("/clear", SessionCookie.Clear).AllowAnonymous();
            app.MapGet("/read", (HttpContext http) => SessionCookie.Read(http) ?? "none").AllowAnonymous();
        },
    };

    [Theory]
    [InlineData("http", "kohakuriver_session=krs_value; expires=Mon, 02 Mar 2026 12:00:00 GMT; path=/; samesite=lax; httponly")]
    [InlineData("https", "__Host-kohakuriver_session=krs_value; expires=Mon, 02 Mar 2026 12:00:00 GMT; path=/; secure; samesite=lax; httponly")]
    public async Task V3_3_1_V3_3_2_V3_3_3_V3_3_4_Cookie_IsWrittenForItsScheme(string scheme, string expected)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.SendAsync(HttpMethod.Get, "/write", scheme: scheme);

        Assert.Equal(expected, answer.Header("Set-Cookie"));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("http", "kohakuriver_session=;")]
    [InlineData("https", "__Host-kohakuriver_session=;")]
    public async Task Cookie_IsTakenAwayUnderTheSameName(string scheme, string start)
    {
        await using var host = await TestHost.StartAsync(Setup);

        var cookie = (await host.SendAsync(HttpMethod.Get, "/clear", scheme: scheme)).Header("Set-Cookie")!;

        Assert.StartsWith(start, cookie);
        Assert.Contains("expires=Thu, 01 Jan 1970", cookie);
        Assert.Contains("path=/", cookie);
        Assert.Contains("httponly", cookie);
    }

    [Theory]
    [InlineData("http", "kohakuriver_session", 200)]
    [InlineData("http", "__Host-kohakuriver_session", 401)]
    [InlineData("http", "Kohakuriver_Session", 401)]
    [InlineData("https", "__Host-kohakuriver_session", 200)]
    [InlineData("https", "kohakuriver_session", 401)]
    public async Task Cookie_IsReadUnderTheNameOfItsSchemeOnly(string scheme, string name, int status)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        var answer = await host.SendAsync(HttpMethod.Get, "/who", [("Cookie", $"other=1; {name}={person.Session}")], scheme: scheme);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task V3_3_1_V3_3_3_Cookie_BehindATrustedProxyThatSpeaksHttps_IsTheSecureOne()
    {
        await using var host = await TestHost.StartAsync(Setup with { Peer = "10.0.0.1", Options = o => o.TrustedProxies.Add("10.0.0.0/8") });
        (string, string)[] proxied = [("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-Proto", "https")];
        var person = await host.AddAsync(Role.Viewer);

        Assert.StartsWith("__Host-kohakuriver_session=", (await host.GetAsync("/write", proxied)).Header("Set-Cookie"));
        Assert.Equal(200, (await host.GetAsync("/who", [.. proxied, ("Cookie", $"__Host-kohakuriver_session={person.Session}")])).Status);
        Assert.Equal(401, (await host.GetAsync("/who", [.. proxied, person.Cookie])).Status);
    }

    [Fact]
    public async Task TwoSessionCookies_AreABadCredential()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        var twice = ("Cookie", $"kohakuriver_session={person.Session}; kohakuriver_session={person.Session}");

        (await host.GetAsync("/who", twice)).AssertProblem(401);
        Assert.Equal("Token", (await host.GetAsync("/who", twice, person.Bearer)).Body);
    }

    [Theory]
    [InlineData("kohakuriver_session=abc", "abc")]
    [InlineData("a=b;kohakuriver_session=abc ; c=d", "abc")]
    [InlineData("xkohakuriver_session=abc", "none")]
    [InlineData("kohakuriver_sessionx=abc", "none")]
    [InlineData("kohakuriver_session", "none")]
    [InlineData("kohakuriver_session=a=b", "a=b")]
    public async Task Cookie_IsFoundByItsExactName(string header, string expected)
    {
        await using var host = await TestHost.StartAsync(Setup);

        Assert.Equal(expected, (await host.GetAsync("/read", ("Cookie", header))).Body);
    }

    [Fact]
    public async Task V7_6_2_Bearer_NeverSetsACookie()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Null((await host.GetAsync("/who", person.Bearer)).Header("Set-Cookie"));
        Assert.Null((await host.GetAsync("/who")).Header("Set-Cookie"));
    }
}
