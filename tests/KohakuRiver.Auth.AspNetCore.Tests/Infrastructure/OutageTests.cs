using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>A database that does not answer is 503, never 401, never anonymous, never accepted.</summary>
public sealed class OutageTests
{
    private static readonly HostSetup Setup = new()
    {
        Map = app =>
        {
            app.MapGet("/who", (Actor actor) => actor.Kind.ToString()).RequireKohakuRole(Role.Viewer);
            app.MapGet("/any", (Actor actor) => actor.Kind.ToString()).AllowAnyActor();
            app.MapGet("/plain", (Actor actor) => actor.Kind.ToString());
            app.MapGet("/public-actor", (Actor actor) => actor.Kind.ToString()).AllowAnonymous();
            app.MapGet("/public", () => "hello").AllowAnonymous();
            app.MapGet("/own", () => "hello");
            app.MapGet("/catching", (HttpContext http) =>
            {
                try
                {
                    return http.RequestServices.GetRequiredService<Actor>().Kind.ToString();
                }
                catch (StoreUnavailableException)
                {
                    return "outage";
                }
            });
            app.MapGet("/vps/{vps_id}", () => "in").RequireVpsAccess();
        },
    };

    [Theory]
    [InlineData("/who")]
    [InlineData("/any")]
    [InlineData("/plain")]
    [InlineData("/public-actor")]
    [Trait("Requirement", "V16.5.2"), Trait("Requirement", "V16.5.3")]
    public async Task Outage_WhereTheActorCounts_Is503(string path)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);
        host.Database.IsDown = true;

        foreach (var credential in new[] { person.CookieHeader, person.BearerHeader })
        {
            var answer = await host.GetAsync(path, credential);
            answer.AssertProblem(503);
            Assert.Equal("5", answer.Header("Retry-After"));
        }
    }

    [Theory]
    [InlineData("/public", "hello")]
    [InlineData("/own", "hello")]
    [InlineData("/catching", "outage")]
    public async Task Outage_WhereNobodyAsksForTheActor_ChangesNothing(string path, string expected)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);
        host.Database.IsDown = true;

        Assert.Equal(expected, (await host.GetAsync(path, person.CookieHeader)).Body);
    }

    [Fact]
    public async Task Outage_WithoutCredentials_IsNotNoticed()
    {
        await using var host = await TestHost.StartAsync(Setup);
        host.Database.IsDown = true;

        (await host.GetAsync("/who")).AssertProblem(401);
        Assert.Equal("Anonymous", (await host.GetAsync("/any")).Body);
    }

    [Fact]
    [Trait("Requirement", "V16.5.3")]
    public async Task Outage_WhileVpsAccessIsAsked_Is503()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        var verbs = 0;
        host.Database.BeforeVerb = _ => Interlocked.Increment(ref verbs) == 1
            ? Task.CompletedTask
            : throw new StoreUnavailableException();

        // The credential is looked up (and the settings may be read); then the database is gone.
        (await host.GetAsync("/vps/one", person.BearerHeader)).AssertProblem(503);
    }

    [Fact]
    [Trait("Requirement", "V16.5.3")]
    public async Task Outage_WhenAuthorizationRanFirst_IsStill503()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Pipeline = app =>
            {
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseKohakuAuth();
            },
        });
        var person = await host.AddAsync(Role.Admin);
        Assert.Equal("Session", (await host.GetAsync("/who", person.CookieHeader)).Body);
        host.Database.IsDown = true;

        (await host.GetAsync("/who", person.CookieHeader)).AssertProblem(503);
    }

    [Fact]
    [Trait("Requirement", "V16.5.2")]
    public async Task Outage_Over_IsOverWithoutRestart()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);
        host.Database.IsDown = true;
        (await host.GetAsync("/who", person.CookieHeader)).AssertProblem(503);
        host.Database.IsDown = false;

        Assert.Equal("Session", (await host.GetAsync("/who", person.CookieHeader)).Body);
    }
}
