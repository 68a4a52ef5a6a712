using System.Globalization;
using System.Security.Claims;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Which of the credentials sent counts, and what becomes of bad ones.</summary>
public sealed class CredentialTests
{
    private static readonly (string, string) GoodMaster = ("X-Admin-Token", TestHost.MasterSecret);
    private static readonly (string, string) BadMaster = ("X-Admin-Token", "wrong");
    private static readonly (string, string) BadCookie = ("Cookie", "kohakuriver_session=krs_nonsense");
    private static readonly (string, string) BadBearer = ("Authorization", "Bearer nonsense");

    private static readonly HostSetup Setup = new()
    {
        Map = app =>
        {
            app.MapGet("/who", (Actor actor) => $"{actor.Kind} {actor.Username} {(object?)actor.Id ?? "-"}").RequireKohakuRole(Role.Viewer);
            app.MapGet("/any", (Actor actor) => actor.Kind.ToString()).AllowAnyActor();
            app.MapGet("/plain", (Actor actor) => actor.Kind.ToString());
            app.MapGet("/public", (Actor actor) => actor.Kind.ToString()).AllowAnonymous();
            app.MapGet("/ignoring", (Actor actor) => actor.Kind.ToString()).AllowAnonymous().IgnoreKohakuCredentials();
            app.MapGet("/claims", (ClaimsPrincipal user) => string.Join('|', user.Claims.Select(c => $"{c.Type.Split('/')[^1]}={c.Value}")))
                .RequireKohakuRole(Role.Viewer);
        },
    };

    [Fact]
    public async Task Request_WithoutCredentials_Is401OnlyWhereOneIsNeeded()
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await host.GetAsync("/who")).AssertProblem(401);
        Assert.Equal("Anonymous", (await host.GetAsync("/any")).Body);
        Assert.Equal("Anonymous", (await host.GetAsync("/plain")).Body);
        Assert.Equal("Anonymous", (await host.GetAsync("/public")).Body);
        Assert.Equal("Anonymous", (await host.GetAsync("/ignoring")).Body);
    }

    [Fact]
    public async Task Request_WithOneGoodCredential_IsThatActor()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal($"Session {person.Name} {person.Id}", (await host.GetAsync("/who", person.CookieHeader)).Body);
        Assert.Equal($"Token {person.Name} {person.Id}", (await host.GetAsync("/who", person.BearerHeader)).Body);
        Assert.Equal($"Token {person.Name} {person.Id}", (await host.GetAsync("/who", ("Authorization", $"bearer {person.Token}"))).Body);
        Assert.Equal("MasterSecret _system -", (await host.GetAsync("/who", GoodMaster)).Body);
        Assert.Equal("MasterSecret _system -", (await host.GetAsync("/who", ("x-admin-secret", TestHost.MasterSecret))).Body);
    }

    [Fact]
    public async Task Order_IsMasterThenCookieThenBearer()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var one = await host.AddAsync(Role.Viewer);
        var other = await host.AddAsync(Role.User);

        Assert.StartsWith("MasterSecret", (await host.GetAsync("/who", GoodMaster, one.CookieHeader, other.BearerHeader)).Body);
        Assert.StartsWith($"Session {one.Name}", (await host.GetAsync("/who", one.CookieHeader, other.BearerHeader)).Body);
        Assert.StartsWith($"Token {other.Name}", (await host.GetAsync("/who", BadCookie, other.BearerHeader)).Body);
    }

    [Fact]
    [Trait("Requirement", "R6")]
    public async Task WrongMasterSecret_BesideGoodCredentials_Is401()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Admin);

        (await host.GetAsync("/who", BadMaster, person.CookieHeader, person.BearerHeader)).AssertProblem(401);
    }

    [Fact]
    [Trait("Requirement", "R6")]
    public async Task MasterSecret_SentTwice_Is401()
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await host.GetAsync("/who", GoodMaster, ("X-Admin-Secret", TestHost.MasterSecret))).AssertProblem(401);
        (await host.GetAsync("/who", GoodMaster, GoodMaster)).AssertProblem(401);
    }

    [Fact]
    public async Task WrongMasterSecrets_BeyondTheThrottle_Are429WithRetryAfter()
    {
        await using var host = await TestHost.StartAsync(Setup with { Peer = "198.51.100.7" });
        for (var i = 0; i < 10; i++)
        {
            (await host.GetAsync("/who", BadMaster)).AssertProblem(401);
        }

        var answer = await host.GetAsync("/who", BadMaster);

        answer.AssertProblem(429);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        (await host.GetAsync("/plain", BadMaster)).AssertProblem(429);
        Assert.Equal("Anonymous", (await host.GetAsync("/public", BadMaster)).Body);
    }

    [Theory]
    [InlineData("/who")]
    [InlineData("/any")]
    [InlineData("/plain")]
    [Trait("Requirement", "Known_KohakuRiverInvalidBearer")]
    public async Task BadCredential_IsNeverAnonymous(string path)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.GetAsync(path, BadCookie)).AssertProblem(401);
        (await host.GetAsync(path, BadBearer)).AssertProblem(401);
        (await host.GetAsync(path, ("Authorization", "Bearer "))).AssertProblem(401);
        (await host.GetAsync(path, BadCookie, BadBearer)).AssertProblem(401);
        (await host.GetAsync(path, BadMaster)).AssertProblem(401);
        (await host.GetAsync(path, ("Authorization", $"Bearer {person.Cookie}"))).AssertProblem(401);
        (await host.GetAsync(path, ("Cookie", $"kohakuriver_session={person.Token}"))).AssertProblem(401);
        (await host.GetAsync(path, ("Authorization", "Bearer " + new string('x', 20_000)))).AssertProblem(401);
    }

    [Theory]
    [InlineData("/public")]
    [InlineData("/ignoring")]
    public async Task BadCredential_OnAPublicEndpoint_IsIgnored(string path)
    {
        await using var host = await TestHost.StartAsync(Setup);

        Assert.Equal("Anonymous", (await host.GetAsync(path, BadCookie)).Body);
        Assert.Equal("Anonymous", (await host.GetAsync(path, BadBearer)).Body);
    }

    [Fact]
    public async Task GoodCredential_OnPublicEndpoints_IsKnownUnlessIgnored()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("Session", (await host.GetAsync("/public", person.CookieHeader)).Body);
        Assert.Equal("Anonymous", (await host.GetAsync("/ignoring", person.CookieHeader)).Body);
        Assert.Equal("Anonymous", (await host.GetAsync("/ignoring", GoodMaster)).Body);
    }

    [Fact]
    public async Task OtherAuthorizationSchemes_AreNoCredentialOfOurs()
    {
        await using var host = await TestHost.StartAsync(Setup);

        Assert.Equal("Anonymous", (await host.GetAsync("/any", ("Authorization", "Basic Zm9vOmJhcg=="))).Body);
        (await host.GetAsync("/who", ("Authorization", "Basic Zm9vOmJhcg=="))).AssertProblem(401);
    }

    [Fact]
    public async Task TwoAuthorizationHeaders_OneOfThemABearer_Are401()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);

        (await host.GetAsync("/who", person.BearerHeader, ("Authorization", "Basic Zm9vOmJhcg=="))).AssertProblem(401);
    }

    [Fact]
    public async Task AuthOff_MakesEverybodyTheSystem()
    {
        await using var host = await TestHost.StartAsync(
            Setup with { Options = o => (o.Enabled, o.PublicUrl) = (false, new Uri("http://host.test")) });

        Assert.Equal("AuthOff _system -", (await host.GetAsync("/who")).Body);
        Assert.Equal("AuthOff _system -", (await host.GetAsync("/who", BadCookie, BadMaster)).Body);
        Assert.Contains("nameidentifier=0|", (await host.GetAsync("/claims")).Body);
    }

    [Fact]
    public async Task Principal_HasIdNameRoleAndKind_AndNoSecret()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Operator);

        var claims = (await host.GetAsync("/claims", person.CookieHeader)).Body;

        Assert.Equal($"nameidentifier={person.Id}|name={person.Name}|role=operator|kohaku:kind=session", claims);
        Assert.DoesNotContain(person.Cookie, claims);
    }

    [Fact]
    [Trait("Requirement", "S3"), Trait("Requirement", "V6.5.6")]
    public async Task RevokedToken_IsRefusedOnTheNextRequest()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        Assert.Equal(200, (await host.GetAsync("/who", person.BearerHeader)).Status);
        Assert.True(SecretText.TryParse(SecretKind.ApiToken, person.Token, out var secret));
        var token = await host.Stores.Tokens.FindAsync(secret.Hash(), CancellationToken.None);
        var audit = AuthorizedWrite.WithoutCredential(
            new AuditEntry { At = host.Clock.GetInstant(), Actor = "t", Action = "t", OperationId = Guid.Empty });
        await host.Stores.Tokens.TryRevokeAsync(token!.Token!.Id, audit, CancellationToken.None);

        (await host.GetAsync("/who", person.BearerHeader)).AssertProblem(401);
    }

    [Fact]
    public async Task Use_OfASession_IsNoted()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        host.Clock.Advance(TimeSpan.FromMinutes(7));
        await host.GetAsync("/who", person.CookieHeader);

        await ((ICredentialService)host.Services.GetService(typeof(ICredentialService))!).WriteUsesAsync();

        var session = Assert.Single(await host.Stores.Sessions.ListAsync(person.Id, host.Clock.GetInstant(), CancellationToken.None));
        Assert.Equal(host.Clock.GetInstant(), session.LastSeenAt);
    }

    [Fact]
    [Trait("Requirement", "D11"), Trait("Requirement", "V15.4.1")]
    public async Task ParallelRequests_OfManyPeople_NeverSeeEachOther()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var people = new List<TestUser>();
        for (var i = 0; i < 25; i++)
        {
            people.Add(await host.AddAsync(Role.Viewer));
        }

        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (round, _) =>
        {
            var person = people[round % people.Count];
            var bySession = round % 2 == 0;
            var answer = await host.GetAsync("/who", bySession ? person.CookieHeader : person.BearerHeader);
            if (answer.Body != $"{(bySession ? "Session" : "Token")} {person.Name} {person.Id}")
            {
                wrong.Add($"{person.Name}: {answer.Status} {answer.Body}");
            }
        });

        Assert.Empty(wrong);
    }
}
