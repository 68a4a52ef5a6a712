using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary><see cref="Actor"/> as an ordinary scoped service.</summary>
public sealed class ActorServiceTests
{
    [Fact]
    public async Task Handler_WithABody_StillGetsTheActorAsAService()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app => app.MapPost("/jobs", (Actor actor, Job job) => $"{actor.Username} {job.Name}").RequireKohakuRole(Role.User),
        });
        var person = await host.AddAsync(Role.User);

        using var body = new StringContent("""{"name":"n1"}""", System.Text.Encoding.UTF8, "application/json");
        var answer = await host.SendAsync(HttpMethod.Post, "/jobs", [person.BearerHeader], body);

        Assert.Equal($"{person.Name} n1", answer.Body);
    }

    [Fact]
    public async Task ScopedService_GetsTheSameActor()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddScoped<Greeter>(),
            Map = app => app
                .MapGet("/greet", (Greeter greeter, Actor actor) => $"{greeter.Greeting} {ReferenceEquals(greeter.Actor, actor)}")
                .AllowAnyActor(),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"Hello {person.Name} True", (await host.GetAsync("/greet", person.CookieHeader)).Body);
        Assert.Equal("Hello _anonymous True", (await host.GetAsync("/greet")).Body);
    }

    [Fact]
    public async Task Middleware_AfterUs_FindsTheFeature()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Peer = "2001:db8::7",
            Map = app => app.Run(http => http.Response.WriteAsync(
                http.Features.Get<IKohakuActorFeature>()!.Actor is { } actor ? $"{actor.Username} {actor.Address}" : "")),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"{person.Name} 2001:db8::7", (await host.GetAsync("/", person.CookieHeader)).Body);
        Assert.Equal("_anonymous 2001:db8::7", (await host.GetAsync("/", ("Cookie", "kohakuriver_session=bad"))).Body);
    }

    [Fact]
    public async Task Actor_WithoutUseKohakuAuth_NamesTheMissingCall()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            IsUnchecked = true,
            Pipeline = _ => { },
            Map = app => app.MapGet("/", (HttpContext http) =>
                Assert.Throws<InvalidOperationException>(() => http.RequestServices.GetRequiredService<Actor>()).Message),
        });

        Assert.Contains("app.UseKohakuAuth()", (await host.GetAsync("/")).Body);
    }

    [Fact]
    public async Task Actor_WithARejectedCredential_ThrowsBadRequestExceptionOf401()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app => app.MapGet("/", (HttpContext http) =>
            {
                var thrown = Assert.ThrowsAny<BadHttpRequestException>(() => http.RequestServices.GetRequiredService<Actor>());
                return Results.Text(thrown.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }),
        });

        Assert.Equal("401", (await host.GetAsync("/", ("Authorization", "Bearer nonsense"))).Body);
    }

    [Fact]
    public async Task UseKohakuAuth_WithoutAddAspNetCore_NamesTheMissingCall()
    {
        var builder = WebApplication.CreateBuilder();
        await using var app = builder.Build();

        Assert.Contains("AddAspNetCore()", Assert.Throws<InvalidOperationException>(() => app.UseKohakuAuth()).Message);
        Assert.Contains("AddAspNetCore()", Assert.Throws<InvalidOperationException>(() => app.MapKohakuAuth()).Message);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(true, true, true)]
    public async Task UseKohakuAuth_Twice_RunsEachPartOnceBesideTheHostsOwn(bool ownRouting, bool ownAuthentication, bool ownAuthorization)
    {
        var runs = new Runs();
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            // Each is asked once by the middleware it belongs to, so the number of times is that of middlewares.
            Services = services => services.AddSingleton(runs)
                .AddSingleton<IAuthenticationSchemeProvider, CountingSchemes>()
                .AddSingleton<IAuthorizationMiddlewareResultHandler, CountingResults>(),
            Pipeline = app =>
            {
                if (ownRouting)
                {
                    app.UseRouting();
                }

                if (ownAuthentication)
                {
                    app.UseAuthentication();
                }

                if (ownAuthorization)
                {
                    app.UseAuthorization();
                }

                app.UseKohakuAuth();
                app.UseKohakuAuth();
            },
            Map = app => app.MapGet("/", (Actor actor) => actor.Kind.ToString()).RequireKohakuRole(Role.Viewer),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("Token", (await host.GetAsync("/", person.BearerHeader)).Body);
        Assert.Equal((ownAuthentication ? 2 : 1, ownAuthorization ? 2 : 1), (runs.Authentication, runs.Authorization));
        runs.Authentication = runs.Authorization = 0;
        (await host.GetAsync("/")).AssertProblem(401);

        // Whoever comes first refuses, and what comes after never hears of it.
        Assert.Equal((ownAuthentication && !ownAuthorization ? 2 : 1, 1), (runs.Authentication, runs.Authorization));
    }

    private sealed class Runs
    {
        internal int Authentication { get; set; }

        internal int Authorization { get; set; }
    }

    private sealed class CountingSchemes(IOptions<AuthenticationOptions> options, Runs runs) : AuthenticationSchemeProvider(options)
    {
        public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync()
        {
            runs.Authentication++;
            return base.GetRequestHandlerSchemesAsync();
        }
    }

    private sealed class CountingResults(Runs runs) : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler inner = new();

        public Task HandleAsync(
            RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            runs.Authorization++;
            return inner.HandleAsync(next, context, policy, authorizeResult);
        }
    }

    private sealed record Job(string Name);

    private sealed class Greeter(Actor actor)
    {
        internal Actor Actor => actor;

        internal string Greeting => $"Hello {actor.Username}";
    }
}
