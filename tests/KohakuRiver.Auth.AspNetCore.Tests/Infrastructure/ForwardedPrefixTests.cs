using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>The path a host has for those who reach it through a proxy that strips a part of it.</summary>
public sealed class ForwardedPrefixTests
{
    private const string Proxy = "10.0.0.1";
    private const string Stranger = "203.0.113.5";

    [Theory]
    [InlineData(Proxy, "/cluster", "/cluster")]
    [InlineData(Proxy, "/cluster/", "/cluster")]
    [InlineData(Proxy, "/a/b-c_d.e~f", "/a/b-c_d.e~f")]
    [InlineData(Proxy, "/", "")]
    [InlineData(Proxy, "", "")]
    [InlineData(Proxy, "cluster", "")]
    [InlineData(Proxy, "//evil.example", "")]
    [InlineData(Proxy, "/x//y", "")]
    [InlineData(Proxy, "/x/", "/x")]
    [InlineData(Proxy, "/x/..", "")]
    [InlineData(Proxy, "/./x", "")]
    [InlineData(Proxy, "/\\evil.example", "")]
    [InlineData(Proxy, "https://evil.example/", "")]
    [InlineData(Proxy, "/x?y", "")]
    [InlineData(Proxy, "/x#y", "")]
    [InlineData(Proxy, "/x;y", "")]
    [InlineData(Proxy, "/x y", "")]
    [InlineData(Proxy, "/x\u0001y", "")]
    [InlineData(Proxy, "/x%2f%2fevil", "")]
    [InlineData(Proxy, "/x, /y", "")]
    [InlineData(Proxy, "/\u00e4", "")]
    [InlineData(Stranger, "/cluster", "")]
    [InlineData(Stranger, "//evil.example", "")]
    [InlineData("127.0.0.1", "/cluster", "")]
    public async Task Prefix_CountsFromATrustedProxyAndAsAPathOnly(string peer, string header, string expected)
    {
        await using var host = await StartAsync(peer);

        Assert.Equal(expected, (await host.GetAsync("/base", ("X-Forwarded-Prefix", header))).Body);
    }

    [Fact]
    public async Task Prefix_SentTwiceOrTooLong_IsNone()
    {
        await using var host = await StartAsync(Proxy);

        Assert.Equal("", (await host.GetAsync("/base", ("X-Forwarded-Prefix", "/a"), ("X-Forwarded-Prefix", "/b"))).Body);
        Assert.Equal("", (await host.GetAsync("/base", ("X-Forwarded-Prefix", "/" + new string('x', 300)))).Body);
    }

    [Theory]
    [InlineData(Proxy, "host.test", "", "/cluster")]
    [InlineData(Stranger, "cluster.example", "", "/cluster")]
    [InlineData(Stranger, "CLUSTER.example:80", "", "/cluster")]
    [InlineData(Stranger, "cluster.example:8000", "", "")]
    [InlineData(Stranger, "host.test", "", "")]
    [InlineData(Proxy, "host.test", "/other", "/other")]
    [InlineData(Stranger, "cluster.example", "/other", "/cluster")]
    [InlineData(Proxy, "host.test", "//evil", "/cluster")]
    public async Task PathOfPublicUrl_CountsForThoseWhoComeByIt(string peer, string name, string header, string expected)
    {
        await using var host = await StartAsync(peer, o => o.PublicUrl = new Uri("http://cluster.example/cluster/"));

        var forwarded = header.Length == 0 ? Array.Empty<(string, string)>() : [("X-Forwarded-Prefix", header)];

        Assert.Equal(expected, (await host.GetAsync("/base", [("Host", name), .. forwarded])).Body);
    }

    [Theory]
    [InlineData("/cluster", "", "/cluster/base", "/cluster")]
    [InlineData("/inner", "/cluster", "/inner/base", "/cluster/inner")]
    [InlineData("/cluster", "/cluster", "/cluster/base", "/cluster")]
    [InlineData("/clusters", "/cluster", "/clusters/base", "/cluster/clusters")]
    public async Task Prefix_OfAHostWithAPathBase_IsNotSaidTwice(string pathBase, string header, string path, string expected)
    {
        await using var host = await StartAsync(Proxy, pathBase: pathBase);

        Assert.Equal(expected, (await host.GetAsync(path, ("X-Forwarded-Prefix", header))).Body);
    }

    [Theory]
    [InlineData(Proxy, "", "/cluster")]
    [InlineData(Stranger, "", "")]
    [InlineData(Stranger, "http://host.test/public", "/public")]
    [InlineData(Proxy, "https://host.test/public", "/cluster")]
    public async Task LinksAndCookies_CarryThePath(string peer, string publicUrl, string path)
    {
        await using var host = await StartAsync(peer, o => o.PublicUrl = publicUrl.Length == 0 ? null : new Uri(publicUrl));
        (string, string)[] headers = [("X-Forwarded-Prefix", "/cluster"), ("Sec-Fetch-Site", "same-origin")];
        var isSecure = publicUrl.StartsWith("https", StringComparison.Ordinal);

        var register = (await host.GetAsync("/link", headers)).Body;
        var set = (await host.GetAsync("/write", headers)).Header("Set-Cookie");
        var taken = (await host.GetAsync("/clear", headers)).Headers["Set-Cookie"].ToList();
        var next = (
            await host.GetAsync("/api/auth/tokens?limit=1", [.. headers, (await host.AddAsync(Role.Viewer)).BearerHeader])).Header("Link");

        Assert.StartsWith(
            publicUrl.Length > 0 ? publicUrl + "/admin/register?token=" : $"http://host.test{path}/admin/register?token=",
            register,
            StringComparison.Ordinal);
        Assert.Contains(isSecure || path.Length == 0 ? "; path=/;" : $"; path={path};", set, StringComparison.Ordinal);
        Assert.Equal(isSecure || path.Length == 0 ? ["/"] : [path, "/"], taken.Select(c => c.Split("path=")[1].Split(';')[0]));
        Assert.Null(next);
    }

    [Fact]
    public async Task NextPage_IsUnderThePrefix()
    {
        await using var host = await StartAsync(Proxy);
        for (var i = 0; i < 3; i++)
        {
            await host.AddAsync(Role.Admin);
        }

        var admin = await host.AddAsync(Role.Admin);
        var next = (await host.GetAsync("/api/auth/users?limit=2", admin.BearerHeader, ("X-Forwarded-Prefix", "/cluster"))).Header("Link");

        Assert.StartsWith("</cluster/api/auth/users?limit=2&cursor=", next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://cluster.example/deep/er/", "https://cluster.example/deep/er/admin/setup?code=krb_")]
    [InlineData("https://cluster.example", "https://cluster.example/admin/setup?code=krb_")]
    public async Task SetupLink_StartsWithPublicUrlAndItsPath(string publicUrl, string expected)
    {
        await using var host = await TestHost.StartAsync(
            new HostSetup { Options = o => (o.PublicUrl, o.AdminRegisterSecret) = (new Uri(publicUrl), null) });

        Assert.StartsWith(expected, Assert.Single(host.SetupLinks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cluster", null, "http://localhost/cluster/admin/setup?code=krb_")]
    [InlineData("/cluster/", null, "http://localhost/cluster/admin/setup?code=krb_")]
    [InlineData("/", null, "http://localhost/admin/setup?code=krb_")]
    [InlineData("", null, "http://localhost/admin/setup?code=krb_")]
    [InlineData(null, null, "http://localhost/admin/setup?code=krb_")]
    [InlineData("/cluster", "https://cluster.example/outer/", "https://cluster.example/outer/admin/setup?code=krb_")]
    public async Task SetupLink_HasThePathBaseOfTheHost(string? pathBase, string? publicUrl, string expected)
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Options = o => (o.PublicUrl, o.AdminRegisterSecret) = (publicUrl is null ? null : new Uri(publicUrl), null),
            Services = services => services.Configure<KohakuAuthHttpOptions>(o => o.PathBase = pathBase),
        });

        Assert.StartsWith(expected, Assert.Single(host.SetupLinks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cluster")]
    [InlineData("/cluster?x")]
    [InlineData("https://cluster.example/x")]
    [InlineData("//cluster.example")]
    public async Task PathBase_ThatIsNoPath_FailsTheStart(string pathBase)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => TestHost.StartAsync(
            new HostSetup { Services = services => services.Configure<KohakuAuthHttpOptions>(o => o.PathBase = pathBase) }));

        Assert.StartsWith("KohakuAuthHttpOptions.PathBase must", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(
        string peer, Action<KohakuAuthOptions>? options = null, string? pathBase = null) => TestHost.StartAsync(new HostSetup
    {
        Peer = peer,
        Options = o =>
        {
            o.TrustedProxies.Add("10.0.0.0/8");
            options?.Invoke(o);
        },
        Pipeline = app =>
        {
            if (pathBase is not null)
            {
                app.UsePathBase(pathBase);
                app.UseRouting();
            }

            app.UseKohakuAuth();
        },
        Map = app =>
        {
            app.MapKohakuAuth();
            app.MapGet("/base", (HttpContext http) => RequestView.Of(http).PathBase).AllowAnonymous();
            app.MapGet(
                "/link", (HttpContext http) => PageLinks.Register(http, SecretGenerator.Create(SecretKind.Invitation))).AllowAnonymous();
            app.MapGet(
                "/write",
                (HttpContext http) => SessionCookie.Write(http, "krs_value", DateTimeOffset.UnixEpoch.AddYears(70), [])).AllowAnonymous();
            app.MapGet("/clear", (HttpContext http) => SessionCookie.Clear(http, [])).AllowAnonymous();
        },
    });
}
