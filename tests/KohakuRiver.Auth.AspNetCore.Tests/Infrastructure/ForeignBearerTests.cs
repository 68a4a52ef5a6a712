using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>
/// What a host's own bearers and the library's credentials are to each other, over sockets: by who has a scheme, what is sent and which
/// policy the endpoint has. Every endpoint asks for the <see cref="Actor"/>.
/// </summary>
public sealed class ForeignBearerTests
{
    private const string Signed = ".good";

    // As long as real ones, which are longer than any credential of the library.
    private static readonly string Jwt = "eyJhbGciOiJIUzI1NiJ9." + new string('a', 900);
    private static readonly (string, string) GoodJwt = ("Authorization", $"Bearer {Jwt}{Signed}");

    [Theory]
    [InlineData("nothing", "200 Anonymous | 200 Anonymous | 401")]
    [InlineData("good token", "200 Token | 200 Token | 200 Token")]
    [InlineData("dead token", "401 | 401 | 401")]
    [InlineData("good jwt", "401 | 401 | 401")]
    [InlineData("bad jwt", "401 | 401 | 401")]
    [InlineData("empty bearer", "401 | 401 | 401")]
    [InlineData("good cookie", "200 Session | 200 Session | 200 Session")]
    [InlineData("dead cookie", "401 cleared | 401 cleared | 401 cleared")]
    [InlineData("dead cookie, good jwt", "401 | 401 | 401")]
    [InlineData("dead cookie, good token", "200 Token | 200 Token | 200 Token")]
    public async Task OurSchemeAlone_UngatedAnyPermission_StatusAndActor(string sent, string expected)
    {
        await using var host = await StartAsync(hasOther: false);

        Assert.Equal(expected, await AskAsync(host, sent, "/ungated", "/any", "/permission"));
    }

    [Theory]
    [InlineData("nothing", "200 Anonymous | 200 Anonymous | 401 | 401 | 401")]
    [InlineData("good token", "200 Token | 200 Token | 200 Token | 401 | 200 Token")]
    [InlineData("dead token", "401 | 401 | 401 | 401 | 401")]
    [InlineData("damaged token", "401 | 401 | 401 | 401 | 401")]
    [InlineData("good jwt", "200 Anonymous | 200 Anonymous | 401 | 200 Anonymous | 200 Anonymous")]
    [InlineData("bad jwt", "200 Anonymous | 200 Anonymous | 401 | 401 | 401")]
    [InlineData("short jwt", "200 Anonymous | 200 Anonymous | 401 | 200 Anonymous | 200 Anonymous")]
    [InlineData("empty bearer", "200 Anonymous | 200 Anonymous | 401 | 401 | 401")]
    [InlineData("good cookie", "200 Session | 200 Session | 200 Session | 401 | 200 Session")]
    [InlineData("good cookie, good jwt", "200 Session | 200 Session | 200 Session | 200 Session | 200 Session")]
    [InlineData("dead cookie", "401 cleared | 401 cleared | 401 cleared | 401 cleared | 401 cleared")]
    [InlineData("dead cookie, good jwt", "401 cleared | 401 cleared | 401 cleared | 401 cleared | 401 cleared")]
    [InlineData("dead cookie, good token", "200 Token | 200 Token | 200 Token | 401 | 200 Token")]
    [InlineData("wrong master, good jwt", "401 | 401 | 401 | 401 | 401")]
    [InlineData("token and jwt", "401 | 401 | 401 | 401 | 401")]
    public async Task BesideAnotherScheme_UngatedAnyPermissionTheirsEither_StatusAndActor(string sent, string expected)
    {
        await using var host = await StartAsync(hasOther: true);

        Assert.Equal(expected, await AskAsync(host, sent, "/ungated", "/any", "/permission", "/theirs", "/either"));
    }

    [Fact]
    public async Task DeadCookie_InAJar_IsRefusedOnceAndThenGone()
    {
        await using var host = await StartAsync(hasOther: true);
        using var client = new HttpClient { BaseAddress = host.Addresses[0] };
        var person = await host.AddAsync(Role.Viewer);
        var login = await client.PostAsJsonAsync("/api/auth/login", new { username = person.Name, password = person.Password });
        Assert.True(login.IsSuccessStatusCode);
        Assert.Equal("Session", await client.GetStringAsync(new Uri("/ungated", UriKind.Relative)));

        await host.DeleteAsync(person);
        using var once = await client.GetAsync(new Uri("/ungated", UriKind.Relative));

        Assert.Equal(401, (int)once.StatusCode);
        Assert.Equal("Anonymous", await client.GetStringAsync(new Uri("/ungated", UriKind.Relative)));
    }

    [Fact]
    public async Task TokenOfAnotherForm_IsLookedUpFirstAndThenNobodysBusiness()
    {
        await using var host = await StartAsync(hasOther: true, auth => auth.Services.AddSingleton<IForeignTokenHash, AnyHash>());

        Assert.Equal(
            "200 Anonymous | 401 | 200 Anonymous", await AskAsync(host, "short jwt", "/ungated", "/permission", "/either"));
        Assert.Equal(3, Assert.IsType<AnyHash>(host.Get<IForeignTokenHash>()).Asked);
    }

    private static async Task<TestHost> StartAsync(bool hasOther, Action<KohakuAuthBuilder>? auth = null) =>
        await TestHost.StartAsync(new HostSetup
    {
        Urls = "http://127.0.0.1:0",
        OnRealClock = true,
        Auth = auth,
        Services = services =>
        {
            if (hasOther)
            {
                services.AddAuthentication("Jwt").AddScheme<AuthenticationSchemeOptions, JwtHandler>("Jwt", null);
            }
        },
        Map = app =>
        {
            static string Kind(Actor actor) => actor.Kind.ToString();
            app.MapKohakuAuth();
            app.MapGet("/ungated", Kind);
            app.MapGet("/any", Kind).AllowAnyActor();
            app.MapGet("/permission", Kind).RequirePermission(Permissions.ViewTasks);
            if (hasOther)
            {
                app.MapGet("/theirs", Kind).RequireAuthorization(Needing("Jwt"));
                app.MapGet("/either", Kind).RequireAuthorization(Needing("Jwt", KohakuAuthDefaults.Scheme));
            }
        },
    });

    private static AuthorizationPolicy Needing(params string[] schemes) =>
        new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build();

    private static async Task<string> AskAsync(TestHost host, string sent, params string[] paths)
    {
        var person = await host.AddAsync(Role.Viewer);
        var gone = await host.AddAsync(Role.Viewer);
        await host.DeleteAsync(gone);
        var bearer = "Bearer ";
        var headers = sent.Split(", ").SelectMany<string, (string, string)>(one => one switch
        {
            "nothing" => [],
            "good token" => [person.BearerHeader],
            "dead token" => [gone.BearerHeader],
            "damaged token" => [("Authorization", bearer + person.Token[..^1])],
            "good jwt" => [GoodJwt],
            "short jwt" => [("Authorization", bearer + "eyJ.e30" + Signed)],
            "bad jwt" => [("Authorization", $"{bearer}{Jwt}.bad")],
            "empty bearer" => [("Authorization", "Bearer")],
            "good cookie" => [("Cookie", OwnCookie(host, person))],
            "dead cookie" => [("Cookie", OwnCookie(host, gone))],
            "wrong master" => [("X-Admin-Token", "wrong")],
            "token and jwt" => [person.BearerHeader, GoodJwt],
            _ => throw new ArgumentOutOfRangeException(nameof(sent), one, null),
        }).ToArray();
        var answers = new List<string>();
        foreach (var path in paths)
        {
            var answer = await host.GetAsync(path, headers);
            var cleared = answer.Headers["Set-Cookie"].Any(
                c => c.StartsWith(OwnName(host) + "=;", StringComparison.Ordinal) && c.Contains("1970", StringComparison.Ordinal));
            answers.Add(answer.Status + (answer.Status == 200 ? " " + answer.Body : "") + (cleared ? " cleared" : ""));
        }

        return string.Join(" | ", answers);
    }

    private static string OwnCookie(TestHost host, TestUser person) => $"{OwnName(host)}={person.Cookie}";

    private static string OwnName(TestHost host) => $"{KohakuAuthDefaults.CookieName}_{host.Get<ISettingsService>().DeploymentId}";

    private sealed class AnyHash : IForeignTokenHash
    {
        private int asked;

        internal int Asked => asked;

        public bool TryHash(string token, out SecretHash hash)
        {
            Interlocked.Increment(ref asked);
            hash = default;
            return false;
        }
    }

    /// <summary>Takes bearers in three parts, whose last says whether they are good.</summary>
    private sealed class JwtHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var sent = Request.Headers.Authorization.ToString();
            if (!sent.StartsWith("Bearer eyJ", StringComparison.Ordinal))
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            return Task.FromResult(sent.EndsWith(Signed, StringComparison.Ordinal)
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "alice")], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.Fail("The signature is wrong."));
        }
    }
}
