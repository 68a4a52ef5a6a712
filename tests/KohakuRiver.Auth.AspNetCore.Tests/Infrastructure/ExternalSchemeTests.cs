using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Schemes of hosts that answer with principals out of the ordinary: none of them leads to the account of somebody else.</summary>
public sealed class ExternalSchemeTests
{
    private const string Odd = "Odd";
    private const string Smart = "Smart";
    private const string Header = "X-Principal";

    [Theory]
    [InlineData("ann", "External ann")]
    [InlineData("nobody", "Anonymous _anonymous")]
    [InlineData("no identity", "Anonymous _anonymous")]
    [InlineData("guest", "Anonymous _anonymous")]
    [InlineData("guest and bob", "External bob")]
    [InlineData("ann of another issuer", "External carol")]
    [InlineData("ann of a third issuer", "Anonymous _anonymous")]
    [Trait("Requirement", "V6.8.1")]
    public async Task Principal_AsTheSchemeMadeIt_IsWhoeverItProves(string sent, string expected)
    {
        await using var host = await StartAsync(Odd);
        foreach (var (name, subject) in ((string, string)[])[("ann", "id of ann"), ("bob", "id of bob"), ("carol", "another|id of ann")])
        {
            var person = await host.AddAsync(Role.Operator, name);
            (await host.Get<IIdentityService>().LinkAsync(Actor.Host, person.Id, ExternalPerson.OfScheme(Odd, subject))).Require();
        }

        var answer = await host.GetAsync("/who", (Header, sent));

        Assert.Equal((200, expected), ((int)answer.Status, answer.Body));
    }

    [Fact]
    [Trait("Requirement", "V6.8.1")]
    public async Task Link_OfOurOwnPrincipalThatASchemePassedOn_IsNoSignInOfTheirs()
    {
        await using var host = await StartAsync(Smart);
        var person = await host.AddAsync(Role.User);
        using var content = JsonContent.Create(new { current_password = TestHost.Password });

        var answer = await host.SendAsync(HttpMethod.Post, "/api/auth/identities/scheme:" + Smart, [person.CookieHeader], content);

        Assert.Equal(409, answer.Status);
        Assert.Empty(await host.Stores.Identities.ListAsync(person.Id, CancellationToken.None));
    }

    [Fact]
    public async Task FirstRequest_NameOfTheIdentityRegisteredByAnother_MakesAnAccountAllTheSame()
    {
        const string letters = "abcdefghijklmnopqrstuvwxyz234567";
        var guessed = "u-" + string.Concat(SHA256.HashData("scheme:Odd\nid of bo"u8).Take(10).Select(b => letters[b % letters.Length]));
        await using var host = await StartAsync(Odd, o => o.CreateAs = Role.Viewer);
        await host.AddAsync(Role.Admin, guessed);

        var answer = await host.GetAsync("/who", (Header, "bo"));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("External u-", answer.Body, StringComparison.Ordinal);
        Assert.NotEqual("External " + guessed, answer.Body);
    }

    [Fact]
    public async Task Start_SchemeThatSignsInToAnother_IsNamed()
    {
        var setup = new HostSetup
        {
            Services = services => services.AddAuthentication().AddCookie("Kept").AddOAuth("Elsewhere", o =>
            {
                (o.SignInScheme, o.ClientId, o.ClientSecret) = ("Kept", "id", "secret");
                (o.AuthorizationEndpoint, o.TokenEndpoint, o.CallbackPath) = ("https://idp.example/a", "https://idp.example/t", "/back");
            }),
            Auth = auth => auth.AddExternalPrincipals("Elsewhere"),
        };

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(setup));

        Assert.Contains("'Elsewhere' only brings people in", fault.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(string scheme, Action<ExternalPrincipalOptions>? configure = null) =>
        TestHost.StartAsync(new HostSetup
        {
            Urls = "http://127.0.0.1:0",
            OnRealClock = true,
            Services = services => services.AddAuthentication()
                .AddScheme<AuthenticationSchemeOptions, OddHandler>(Odd, null)
                .AddPolicyScheme(Smart, null, o => o.ForwardDefaultSelector = context =>
                    context.Request.Headers.ContainsKey(Header) ? Odd : KohakuAuthDefaults.Scheme),
            Auth = auth => auth.AddExternalPrincipals(scheme, configure: configure),
            Map = app =>
            {
                app.MapKohakuAuth();
                app.MapGet("/who", (Actor actor) => $"{actor.Kind} {actor.Username}");
            },
        });

    private sealed class OddHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers[Header].ToString() switch
        {
            "" or "nobody" => AuthenticateResult.NoResult(),
            "no identity" => Made(new ClaimsPrincipal()),
            "guest" => Made(new ClaimsPrincipal(Of("ann", isAuthenticated: false))),
            "guest and bob" => Made(new ClaimsPrincipal([Of("ann", isAuthenticated: false), Of("bob")])),
            "ann of another issuer" => Made(new ClaimsPrincipal(Of("ann", issuer: "another"))),
            "ann of a third issuer" => Made(new ClaimsPrincipal(Of("ann", issuer: "third"))),
            var name => Made(new ClaimsPrincipal(Of(name))),
        });

        private static ClaimsIdentity Of(string name, bool isAuthenticated = true, string issuer = ClaimsIdentity.DefaultIssuer) => new(
            [
                new Claim(ClaimTypes.NameIdentifier, "id of " + name, ClaimValueTypes.String, issuer),
                new Claim(ClaimTypes.Name, name, ClaimValueTypes.String, issuer),
            ],
            isAuthenticated ? Odd : null);

        private static AuthenticateResult Made(ClaimsPrincipal principal) =>
            AuthenticateResult.Success(new AuthenticationTicket(principal, Odd));
    }
}
