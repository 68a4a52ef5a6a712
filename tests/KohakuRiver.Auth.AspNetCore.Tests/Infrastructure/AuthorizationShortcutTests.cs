using System.Security.Claims;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Allowed requests skip the framework's authorization; what a host has put into it is asked all the same.</summary>
public sealed class AuthorizationShortcutTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task User_OfAnAllowedRequest_IsTheSameOnBothWays(bool shortcut)
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            // A transformation of the host's own, even one that changes nothing, means the whole way.
            Services = services => _ = shortcut ? services : services.AddTransient<IClaimsTransformation, Unchanged>(),
            Map = app => app.MapGet("/who", Describe).RequirePermission(Permissions.ViewTasks),
        });
        var person = await host.AddAsync(Role.Viewer);

        foreach (var (credential, kind) in new[] { (person.Cookie, "session"), (person.Bearer, "token") })
        {
            var answer = await host.GetAsync("/who", credential);

            Assert.Equal($"{shortcut} Kohaku {person.Name} viewer True Kohaku {person.Id},{person.Name},viewer,{kind}", answer.Body);
        }
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

        Assert.Equal(403, (await host.GetAsync("/work", person.Bearer)).Status);
    }

    [Fact]
    public async Task Transformation_OfTheHost_IsRun()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddTransient<IClaimsTransformation, Floor>(),
            Map = app => app.MapGet("/floor", (ClaimsPrincipal user) => user.FindFirstValue("floor")).RequirePermission(Permissions.ViewTasks),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("3", (await host.GetAsync("/floor", person.Bearer)).Body);
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

        Assert.Equal(403, (await host.GetAsync("/work", person.Bearer)).Status);
    }

    [Fact]
    public async Task Permission_TakenAwayMeanwhile_RefusesTheNextRequest()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Map = app => app.MapGet("/work", () => "ok").RequirePermission(Permissions.ManageVps),
        });
        var person = await host.AddAsync(Role.Operator);
        Assert.Equal(200, (await host.GetAsync("/work", person.Bearer)).Status);
        await host.Stores.Accounts.TryUpdateUserAsync(
            person.Id,
            new Stores.UserChange { Role = Role.Viewer },
            host.Clock.GetInstant(),
            AuthorizedWrite.WithoutCredential(
                new AuditEntry { At = host.Clock.GetInstant(), Actor = "test", Action = "test", OperationId = Guid.CreateVersion7(host.Clock.GetInstant()) }),
            CancellationToken.None);

        Assert.Equal(403, (await host.GetAsync("/work", person.Bearer)).Status);
        Assert.Single(await host.AuditAsync("auth.denied"));
    }

    private static string Describe(HttpContext http)
    {
        var skipped = http.Features.Get<IHttpAuthenticationFeature>() is IKohakuActorFeature;
        var result = http.Features.Get<IAuthenticateResultFeature>()!.AuthenticateResult!;
        var user = http.User;
        return $"{skipped} {user.Identity!.AuthenticationType} {user.Identity.Name} {user.FindFirstValue(ClaimTypes.Role)} "
            + $"{ReferenceEquals(user, result.Principal)} {result.Ticket!.AuthenticationScheme} {string.Join(',', user.Claims.Select(c => c.Value))}";
    }

    private sealed class Unchanged : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(principal);
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
