using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Every request takes the framework's own road, and what a host has put into it is asked.</summary>
public sealed class PipelineTests
{
    public static TheoryData<string> Hosts { get; } = new(
        "alone", "with an evaluator of its own", "with another scheme", "as the default of several", "that adds the middleware itself");

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task User_OfAnAllowedRequest_IsTheSameInEveryHost(string kind)
    {
        await using var host = await TestHost.StartAsync(
            Host(kind, app => app.MapGet("/who", Describe).RequirePermission(Permissions.ViewTasks)));
        var person = await host.AddAsync(Role.Viewer);

        foreach (var (credential, how) in new[] { (person.CookieHeader, "session"), (person.BearerHeader, "token") })
        {
            var answer = await host.GetAsync("/who", credential);

            Assert.Equal($"Kohaku {person.Name} viewer True Kohaku {person.Id},{person.Name},viewer,{how}", answer.Body);
        }
    }

    [Theory]
    [InlineData("alone", true)]
    [InlineData("as the default of several", true)]
    [InlineData("with another scheme", false)]
    public async Task User_WhereNoPolicyIsAsked_IsTheDefaultSchemes(string kind, bool isKnown)
    {
        await using var host = await TestHost.StartAsync(
            Host(kind, app => app.MapGet("/who", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody")));
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal(isKnown ? person.Name : "nobody", (await host.GetAsync("/who", person.BearerHeader)).Body);
        Assert.Equal("nobody", (await host.GetAsync("/who")).Body);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Stranger_InEveryHost_IsToldToLogInAndTheWeakAreRefused(string kind)
    {
        await using var host = await TestHost.StartAsync(
            Host(kind, app => app.MapGet("/work", () => "ok").RequirePermission(Permissions.ManageVps)));
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal(401, (await host.GetAsync("/work")).Status);
        Assert.Equal(403, (await host.GetAsync("/work", person.BearerHeader)).Status);
        Assert.Single(await host.AuditAsync("auth.denied"));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task User_OfAStrangerWhoIsLetIn_HasAnIdentityThatIsNobodys(string kind)
    {
        await using var host = await TestHost.StartAsync(Host(kind, app => app
            .MapGet("/anybody", (ClaimsPrincipal user) => $"{user.Identities.Count()} {user.Identity!.IsAuthenticated}").AllowAnyActor()));

        Assert.Equal("1 False", (await host.GetAsync("/anybody")).Body);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task HostsOwnDefaultPolicy_InEveryHost_TakesItsDefaultScheme(string kind)
    {
        await using var host = await TestHost.StartAsync(Host(kind, app => app.MapGet("/mine", () => "ok").RequireAuthorization()));
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal(kind is "with another scheme" ? 401 : 200, (await host.GetAsync("/mine", person.BearerHeader)).Status);
        Assert.Equal(401, (await host.GetAsync("/mine")).Status);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    [Trait("Requirement", "V8.2.1")]
    public async Task UserWithoutPermission_BehindTheHostsOwnPolicies_IsNobodyAndToldWhy(string kind)
    {
        await using var host = await TestHost.StartAsync(Host(kind, app =>
        {
            app.MapGet("/mine", () => "ok").RequireAuthorization();
            app.MapGet("/named", () => "ok").RequireAuthorization(
                new AuthorizationPolicyBuilder(KohakuAuthDefaults.Scheme).RequireAuthenticatedUser().Build());
            app.MapGet("/open", (ClaimsPrincipal user) => $"{user.Identity?.IsAuthenticated}");
        }));
        var banned = await host.AddAsync(Role.Anony);

        foreach (var credential in new[] { banned.CookieHeader, banned.BearerHeader })
        {
            Assert.Equal("False", (await host.GetAsync("/open", credential)).Body);
            foreach (var path in kind == "with another scheme" ? ["/named"] : (string[])["/mine", "/named"])
            {
                var answer = await host.GetAsync(path, credential);
                Assert.Equal((path, 403), (path, answer.Status));
                Assert.Contains(Refusals.NoPermission.Message, answer.Body, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    [Trait("Requirement", "V8.2.1")]
    public async Task UserWhoMustChangeThePassword_BehindTheHostsOwnPolicies_IsNobodyAndToldWhy(string kind)
    {
        await using var host = await TestHost.StartAsync(Host(kind, app =>
        {
            app.MapGet("/mine", () => "ok").RequireAuthorization();
            app.MapGet("/named", () => "ok").RequireAuthorization(
                new AuthorizationPolicyBuilder(KohakuAuthDefaults.Scheme).RequireAuthenticatedUser().Build());
            app.MapGet("/role", () => "ok").RequireAuthorization(
                new AuthorizationPolicyBuilder(KohakuAuthDefaults.Scheme).RequireRole("admin").Build());
            app.MapGet("/open", (ClaimsPrincipal user) => $"{user.Identity?.IsAuthenticated} {user.IsInRole("admin")}");
        }));
        await host.AddAsync(Role.Admin);
        var held = await host.AddAsync(Role.Admin);
        await host.ChangeAsync(new UpdateUserCommand { Id = held.Id, MustChangePassword = true });

        foreach (var credential in new[] { held.CookieHeader, held.BearerHeader })
        {
            Assert.Equal("False False", (await host.GetAsync("/open", credential)).Body);
            foreach (var path in kind == "with another scheme" ? ["/named", "/role"] : (string[])["/mine", "/named", "/role"])
            {
                var answer = await host.GetAsync(path, credential);
                Assert.Equal((path, 403), (path, answer.Status));
                Assert.Contains(Refusals.PasswordChangeRequired.Message, answer.Body, StringComparison.Ordinal);
                Assert.Contains("\"reason\":\"password_change_required\"", answer.Body, StringComparison.Ordinal);
            }
        }

        await host.ChangeAsync(new UpdateUserCommand { Id = held.Id, MustChangePassword = false });
        Assert.Equal(200, (await host.GetAsync("/role", held.BearerHeader)).Status);
    }

    [Fact]
    public async Task Transformation_OfTheHost_IsRunOnceARequest()
    {
        var runs = new Counted();
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddSingleton(runs).AddTransient<IClaimsTransformation, Counting>(),
            Map = app => app.MapGet("/who", (ClaimsPrincipal user) => user.FindFirstValue("run")).RequirePermission(Permissions.ViewTasks),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("1", (await host.GetAsync("/who", person.BearerHeader)).Body);
        Assert.Equal("2", (await host.GetAsync("/who", person.CookieHeader)).Body);
    }

    [Fact]
    public async Task Handler_OfTheHost_IsAsked()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddSingleton<IAuthorizationHandler, FailsAll>(),
            Map = app => app.MapGet("/work", () => "ok").RequirePermission(Permissions.ViewTasks),
        });
        var person = await host.AddAsync(Role.Admin);

        Assert.Equal(403, (await host.GetAsync("/work", person.BearerHeader)).Status);
    }

    [Fact]
    public async Task Transformation_OfTheHost_IsRun()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddTransient<IClaimsTransformation, Floor>(),
            Map = app => app.MapGet("/floor", (ClaimsPrincipal user) => user.FindFirstValue("floor"))
                .RequirePermission(Permissions.ViewTasks),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("3", (await host.GetAsync("/floor", person.BearerHeader)).Body);
    }

    [Fact]
    public async Task Policy_OfTheHostOnTheSameEndpoint_IsAsked()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app => app.MapGet("/work", () => "ok").RequirePermission(Permissions.ViewTasks)
                .RequireAuthorization(p => p.AddAuthenticationSchemes(KohakuAuthDefaults.Scheme).RequireClaim("floor")),
        });
        var person = await host.AddAsync(Role.Admin);

        Assert.Equal(403, (await host.GetAsync("/work", person.BearerHeader)).Status);
    }

    [Fact]
    public async Task Permission_TakenAwayMeanwhile_RefusesTheNextRequest()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app => app.MapGet("/work", () => "ok").RequirePermission(Permissions.ManageVps),
        });
        var person = await host.AddAsync(Role.Operator);
        Assert.Equal(200, (await host.GetAsync("/work", person.BearerHeader)).Status);
        await host.Stores.Accounts.TryUpdateUserAsync(
            person.Id,
            new Stores.UserChange { Role = Role.Viewer },
            host.Clock.GetInstant(),
            AuthorizedWrite.WithoutCredential(
                new AuditEntry
                {
                    At = host.Clock.GetInstant(),
                    Actor = "test",
                    Action = "test",
                    OperationId = Guid.CreateVersion7(host.Clock.GetInstant()),
                }),
            CancellationToken.None);

        Assert.Equal(403, (await host.GetAsync("/work", person.BearerHeader)).Status);
        Assert.Single(await host.AuditAsync("auth.denied"));
    }

    private static HostSetup Host(string kind, Action<WebApplication> map) => new()
    {
        Auth = auth => auth.AddAspNetCore(options => options.UseAsDefaultScheme = kind == "as the default of several"),
        Services = services => _ = kind switch
        {
            "with an evaluator of its own" => services.AddTransient<IPolicyEvaluator, OfTheHost>(),
            "with another scheme" or "as the default of several" => services.AddAuthentication()
                .AddScheme<AuthenticationSchemeOptions, Nobody>("Nobody", null).Services,
            _ => services,
        },
        Pipeline = app =>
        {
            if (kind == "that adds the middleware itself")
            {
                app.UseAuthentication();
            }

            app.UseKohakuAuth();
            if (kind == "that adds the middleware itself")
            {
                app.UseAuthorization();
            }
        },
        Map = map,
    };

    private static string Describe(HttpContext http)
    {
        var result = http.Features.Get<IAuthenticateResultFeature>()!.AuthenticateResult!;
        var user = http.User;
        return $"{user.Identity!.AuthenticationType} {user.Identity.Name} {user.FindFirstValue(ClaimTypes.Role)} "
            + $"{ReferenceEquals(user, result.Principal)} {result.Ticket!.AuthenticationScheme} "
                + $"{string.Join(',', user.Claims.Select(c => c.Value))}";
    }

    private sealed class OfTheHost(IAuthorizationService authorization) : PolicyEvaluator(authorization);

    private sealed class Nobody(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }

    private sealed class Counted
    {
        private int runs;

        internal int Next() => Interlocked.Increment(ref runs);
    }

    private sealed class Counting(Counted runs) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var more = principal.Clone();
            more.AddIdentity(new ClaimsIdentity([new Claim("run", runs.Next().ToString(CultureInfo.InvariantCulture))]));
            return Task.FromResult(more);
        }
    }

    private sealed class Floor : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            var more = principal.Clone();
            more.AddIdentity(new ClaimsIdentity([new Claim("floor", "3")]));
            return Task.FromResult(more);
        }
    }

    private sealed class FailsAll : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            context.Fail();
            return Task.CompletedTask;
        }
    }
}
