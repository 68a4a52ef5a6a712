using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A host that caches its answers serves nobody what was made for another.</summary>
public sealed class OutputCachingTests
{
    [Theory]
    [InlineData("before routing", false)]
    [InlineData("before routing", true)]
    [InlineData("before us", false)]
    [InlineData("before us", true)]
    [InlineData("after us", false)]
    [InlineData("after us", true)]
    public async Task Answer_MadeForSomebodyOnAnEndpointWithoutAGate_IsNotKept(string place, bool isBesideAnother)
    {
        await using var host = await StartAsync(place, isBesideAnother);
        var person = await host.AddAsync(Role.Operator);
        foreach (var path in new[] { "/actor", "/accessor", "/public", "/feature" })
        {
            Assert.Equal(person.Name, (await host.GetAsync(path, person.CookieHeader)).Body);
            Assert.Equal(Actor.AnonymousName, (await host.GetAsync(path)).Body);
        }

        // What is made for nobody is cached as ever.
        var before = (await host.GetAsync("/count")).Body;
        Assert.Equal(before, (await host.GetAsync("/count")).Body);
    }

    [Theory]
    [InlineData("before routing")]
    [InlineData("before us")]
    [InlineData("after us")]
    public async Task Calls_OfTheLibrary_AreAnsweredAnewEachTime(string place)
    {
        await using var host = await StartAsync(place, isBesideAnother: false);
        Assert.Contains("\"setup_required\":true", (await host.GetAsync("/api/auth/status")).Body, StringComparison.Ordinal);

        await host.AddAsync(Role.Admin);

        Assert.Contains("\"setup_required\":false", (await host.GetAsync("/api/auth/status")).Body, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(string place, bool isBesideAnother) => TestHost.StartAsync(new HostSetup
    {
        Services = services =>
        {
            services.AddOutputCache(o => o.AddBasePolicy(p => p.Cache()));
            if (isBesideAnother)
            {
                services.AddAuthentication("Other").AddScheme<AuthenticationSchemeOptions, Nobody>("Other", null);
            }
        },
        Pipeline = app =>
        {
            if (place == "before routing")
            {
                app.UseOutputCache();
            }

            app.UseRouting();
            if (place == "before us")
            {
                app.UseOutputCache();
            }

            app.UseKohakuAuth();
            if (place == "after us")
            {
                app.UseOutputCache();
            }
        },
        Map = app =>
        {
            var count = 0;
            app.MapKohakuAuth().CacheOutput(p => p.Cache());
            app.MapGet("/actor", (Actor actor) => actor.Username);
            app.MapGet("/accessor", async (IActorAccessor actors) => (await actors.GetAsync()).Username);
            app.MapGet("/feature", (HttpContext context) => context.Features.GetRequiredFeature<IKohakuActorFeature>().Actor.Username);
            app.MapGet("/public", (Actor actor) => actor.Username).AllowAnonymous();
            app.MapGet("/count", () => $"{++count}");
        },
    });

    private sealed class Nobody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
