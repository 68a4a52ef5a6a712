using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A host that has a scheme and endpoints of its own keeps them as they were.</summary>
public sealed class CoexistenceTests
{
    private static readonly HostSetup Setup = new()
    {
        Services = services => services.AddAuthentication("Other").AddScheme<AuthenticationSchemeOptions, OtherHandler>("Other", null),
        Map = app =>
        {
            app.MapGet("/theirs", (ClaimsPrincipal user) => $"{user.Identity!.AuthenticationType} {user.Identity.Name}")
                .RequireAuthorization();
            app.MapGet("/ours", (Actor actor) => actor.Username).RequireKohakuRole(Role.Viewer);
            app.MapGet("/both", (Actor actor, ClaimsPrincipal user) => $"{actor.Username} {user.Identities.Count()}")
                .RequireAuthorization(new AuthorizationPolicyBuilder("Other").RequireAuthenticatedUser().Build())
                    .RequireKohakuRole(Role.Viewer);
            app.MapGet("/open", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
            app.MapPost("/open", () => Results.Json(new { SomeName = 1 }));
        },
    };

    private static readonly (string, string) TheirBearer = ("Authorization", "Bearer theirs-alice");

    [Fact]
    public async Task TheirEndpoints_KeepTheirScheme()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);

        Assert.Equal("Other alice", (await host.GetAsync("/theirs", TheirBearer)).Body);
        Assert.Equal("alice", (await host.GetAsync("/open", TheirBearer)).Body);
        Assert.Equal("nobody", (await host.GetAsync("/open", person.BearerHeader)).Body);
        var refused = await host.GetAsync("/theirs", person.BearerHeader);
        Assert.Equal((401, "Other"), (refused.Status, refused.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task OurEndpoints_RefuseTheirTokens()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.GetAsync("/ours", TheirBearer)).AssertProblem(401);
        Assert.Equal(person.Name, (await host.GetAsync("/ours", person.BearerHeader)).Body);
    }

    [Fact]
    public async Task SharedEndpoint_AsksForBoth()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"{person.Name} 2", (await host.GetAsync("/both", person.CookieHeader, TheirBearer)).Body);
        Assert.Equal(401, (await host.GetAsync("/both", TheirBearer)).Status);
    }

    [Fact]
    public async Task TheirEndpoints_GetNoneOfOurChecksOrHeaders()
    {
        await using var host = await TestHost.StartAsync(Setup);

        var answer = await host.PostAsync("/open", ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example"));

        Assert.Equal((200, """{"someName":1}"""), (answer.Status, answer.Body));
        Assert.Null(answer.Header("X-Content-Type-Options"));
        Assert.Null(answer.Header("Cache-Control"));
        Assert.Equal(404, (await host.GetAsync("/nowhere")).Status);
    }

    [Fact]
    public async Task OnlyOtherScheme_StaysTheDefaultWithoutBeingNamed()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OtherHandler>("Other", null),
        });

        Assert.Equal("Other alice", (await host.GetAsync("/theirs", TheirBearer)).Body);
    }

    [Fact]
    public async Task OurScheme_IsTheDefaultWhenAsked()
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Auth = auth => auth.AddAspNetCore(o => o.UseAsDefaultScheme = true).AddAspNetCore() });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"Kohaku {person.Name}", (await host.GetAsync("/theirs", person.BearerHeader)).Body);
        (await host.GetAsync("/theirs")).AssertProblem(401);
    }

    [Fact]
    public async Task OurScheme_AskedToBeTheDefaultOfAHostWithAllDefaultsSet_IsTheDefault()
    {
        // As AddIdentity() does it.
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services =>
            {
                Setup.Services!(services);
                services.Configure<AuthenticationOptions>(o =>
                    o.DefaultAuthenticateScheme = o.DefaultChallengeScheme = o.DefaultForbidScheme = "Other");
            },
            Auth = auth => auth.AddAspNetCore(o => o.UseAsDefaultScheme = true),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"Kohaku {person.Name}", (await host.GetAsync("/theirs", person.BearerHeader)).Body);
        (await host.GetAsync("/theirs", TheirBearer)).AssertProblem(401);
        var schemes = host.Get<IAuthenticationSchemeProvider>();
        Assert.Equal("Kohaku", (await schemes.GetDefaultForbidSchemeAsync())?.Name);
        Assert.Equal("Other", (await schemes.GetDefaultSignInSchemeAsync())?.Name);
        Assert.Equal("Other", (await schemes.GetDefaultSignOutSchemeAsync())?.Name);
    }

    [Fact]
    public void AddAspNetCore_ChangesNothingGlobal()
    {
        using var without = Services(withUs: false).BuildServiceProvider();
        using var with = Services(withUs: true).BuildServiceProvider();

        Assert.Equal(Describe(without), Describe(with));
        Assert.Null(
            with.GetService<IAuthorizationMiddlewareResultHandler>() is { } handler
                && handler.GetType().Assembly == typeof(KohakuAuthDefaults).Assembly
                ? handler
                : null);
        Assert.Null(with.GetService<IDataProtectionProvider>());

        static ServiceCollection Services(bool withUs)
        {
            var services = new ServiceCollection();
            services.AddLogging()
                .AddOptions()
                .AddAuthenticationCore()
                .AddAuthorization(o => o.AddPolicy("hosts", p => p.RequireClaim("floor")));
            if (withUs)
            {
                services.AddKohakuAuth().AddAspNetCore();
            }

            return services;
        }

        static string Describe(ServiceProvider services)
        {
            var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var schemes = services.GetRequiredService<IOptions<AuthenticationOptions>>().Value;
            var policies = services.GetRequiredService<IOptions<AuthorizationOptions>>().Value;
            return $"{json.PropertyNamingPolicy == JsonNamingPolicy.CamelCase} {json.Converters.Count} {json.UnmappedMemberHandling} "
                + $"{json.AllowDuplicateProperties} {json.MaxDepth} "
                + $"{schemes.DefaultScheme} {schemes.DefaultChallengeScheme} {policies.DefaultPolicy.AuthenticationSchemes.Count} "
                + $"{policies.DefaultPolicy.Requirements.Count} {policies.FallbackPolicy} "
                + $"{policies.GetPolicy("hosts")?.Requirements.Count}";
        }
    }

    [Fact]
    public void AddAspNetCore_Twice_RegistersOnce()
    {
        var once = new ServiceCollection();
        once.AddKohakuAuth().AddAspNetCore();
        var twice = new ServiceCollection();
        twice.AddKohakuAuth().AddAspNetCore().AddAspNetCore();
        twice.AddKohakuAuth().AddAspNetCore();

        Assert.Equal(once.Select(d => d.ServiceType), twice.Select(d => d.ServiceType));
    }

    /// <summary>Takes bearers of the form <c>theirs-NAME</c>.</summary>
    private sealed class OtherHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        private const string Prefix = "Bearer theirs-";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var sent = Request.Headers.Authorization.ToString();
            if (!sent.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, sent[Prefix.Length..])], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers.WWWAuthenticate = "Other";
            return Task.CompletedTask;
        }
    }
}
