using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary><c>Strict-Transport-Security</c>, which the library says for its own host name at most.</summary>
public sealed class HstsTests
{
    [Theory]
    [InlineData(null, "max-age=31536000")]
    [InlineData("max-age=60; includeSubDomains", "max-age=60; includeSubDomains")]
    [InlineData("", null)]
    [Trait("Requirement", "R13")]
    public async Task Header_IsMaxAgeAloneUnlessTheHostAsksForMore(string? option, string? expected)
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Auth = auth => auth.AddAspNetCore(o => o.StrictTransportSecurity = option ?? o.StrictTransportSecurity),
            Map = app => app.MapKohakuAuth(),
        });

        Assert.Equal(
            expected, (await host.SendAsync(HttpMethod.Get, "/api/auth/status", scheme: "https")).Header("Strict-Transport-Security"));
        Assert.Equal(
            expected, (await host.SendAsync(HttpMethod.Get, "/api/auth/users", scheme: "https")).Header("Strict-Transport-Security"));
        Assert.Null((await host.SendAsync(HttpMethod.Get, "/api/auth/status")).Header("Strict-Transport-Security"));
    }

    [Fact]
    [Trait("Requirement", "R13")]
    public async Task Header_OfTheHost_StaysAlone()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = s => s.AddHsts(o => (o.MaxAge, o.Preload) = (TimeSpan.FromHours(1), true)),
            Pipeline = app =>
            {
                app.UseHsts();
                app.UseKohakuAuth();
            },
            Map = app => app.MapKohakuAuth(),
        });

        Assert.Equal(
            "max-age=3600; preload",
            (await host.SendAsync(HttpMethod.Get, "/api/auth/status", scheme: "https")).Header("Strict-Transport-Security"));
        Assert.Equal(
            "max-age=3600; preload",
            (await host.SendAsync(HttpMethod.Get, "/api/auth/users", scheme: "https")).Header("Strict-Transport-Security"));
    }

    [Fact]
    [Trait("Requirement", "R13")]
    public async Task Header_IsNotForgedByAnUntrustedPeer()
    {
        await using var host = await TestHost.StartAsync(new HostSetup { Peer = "203.0.113.5", Map = app => app.MapKohakuAuth() });

        var forged = await host.GetAsync("/api/auth/status", ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "1.2.3.4"));

        Assert.Null(forged.Header("Strict-Transport-Security"));
    }
}
