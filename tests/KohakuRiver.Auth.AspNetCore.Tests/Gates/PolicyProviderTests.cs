using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>The library's policies beside those of a host that has a provider of its own.</summary>
public sealed class PolicyProviderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Provider_OfTheHost_GoesOnAnsweringForItself(bool after)
    {
        await using var host = await TestHost.StartAsync(Setup<HandingOn>(after));
        var person = await host.AddAsync(Role.Operator);

        Assert.Equal("in", (await host.GetAsync("/ours", person.BearerHeader)).Body);
        Assert.Equal("in", (await host.GetAsync("/plain", person.BearerHeader)).Body);
        Assert.Equal(403, (await host.GetAsync("/theirs", person.BearerHeader)).Status);
        (await host.GetAsync("/ours", (await host.AddAsync(Role.Viewer)).BearerHeader)).AssertProblem(403);
        (await host.GetAsync("/ours")).AssertProblem(401);

        using var scope = host.Services.CreateScope();
        var provider = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        Assert.Same(HandingOn.Default, await provider.GetDefaultPolicyAsync());
        Assert.Same(HandingOn.Fallback, await provider.GetFallbackPolicyAsync());
        Assert.True(provider.AllowsCachingPolicies);
        Assert.Null(await provider.GetPolicyAsync("nobody knows this"));
    }

    [Fact]
    public async Task Provider_RegisteredBefore_IsStillDisposedByTheContainer()
    {
        HandingOn made;
        await using (var host = await TestHost.StartAsync(Setup<HandingOn>(after: false)))
        {
            var provider = Assert.IsType<KohakuPolicyProvider>(host.Services.GetRequiredService<IAuthorizationPolicyProvider>());
            made = Assert.IsType<HandingOn>(provider.Inner);
        }

        Assert.True(made.IsDisposed);
    }

    [Fact]
    public async Task Provider_RegisteredAfterWithPoliciesOfItsOwnForOurNames_FailsTheStart()
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(Setup<TakingAll>(after: true)));

        Assert.Contains(nameof(TakingAll), thrown.Message);
        Assert.Contains("before AddAspNetCore()", thrown.Message);
    }

    [Fact]
    public async Task Provider_RegisteredBeforeWithAPolicyForEveryName_DoesNotReplaceOurs()
    {
        await using var host = await TestHost.StartAsync(Setup<TakingAll>(after: false));
        var person = await host.AddAsync(Role.Viewer);

        (await host.GetAsync("/ours", person.BearerHeader)).AssertProblem(403);
        Assert.Contains(
            host.Logs.GetSnapshot(),
            l => l.Level == LogLevel.Warning && l.Text().Contains(PermissionNames.ApproveTasks, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Provider_ThatKnowsNothingOfOurs_LeavesThemClosed(bool failing)
    {
        await using var host = await TestHost.StartAsync(failing ? Setup<Failing>(after: true) : Setup<KnowingNothing>(after: true));
        var person = await host.AddAsync(Role.Admin);

        Assert.Contains(
            host.Logs.GetSnapshot(),
            l => l.Level == LogLevel.Error && l.Text().Contains("before AddAspNetCore()", StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.GetAsync("/ours", person.BearerHeader));
    }

    [Fact]
    public async Task Policy_OfTheHostUnderAPermissionsName_IsTheHosts()
    {
        await using var host = await TestHost.StartAsync(Setup() with
        {
            Services = services => services.AddAuthorization(o => o.AddPolicy(
                PermissionNames.ApproveTasks, p => p.AddAuthenticationSchemes(KohakuAuthDefaults.Scheme).RequireRole("viewer"))),
        });
        var person = await host.AddAsync(Role.Viewer);

        Assert.Equal("in", (await host.GetAsync("/plain", person.BearerHeader)).Body);
        (await host.GetAsync("/ours", person.BearerHeader)).AssertProblem(403);
        Assert.Contains(
            host.Logs.GetSnapshot(),
            l => l.Level == LogLevel.Warning && l.Text().Contains(PermissionNames.ApproveTasks, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attributes_CombinedByTheFramework_DenyStrangersWhoeverAsks()
    {
        await using var host = await TestHost.StartAsync(Setup());
        using var scope = host.Services.CreateScope();
        var provider = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        var service = scope.ServiceProvider.GetRequiredService<IAuthorizationService>();
        var strangers = new[]
        {
            new ClaimsPrincipal(), new ClaimsPrincipal(new ClaimsIdentity()),
            new ClaimsPrincipal(new ClaimsIdentity(
                [new Claim(ClaimTypes.Role, "admin"), new Claim(ClaimTypes.Name, "root")],
                KohakuAuthDefaults.Scheme,
                ClaimTypes.Name,
                ClaimTypes.Role)),
        };
        foreach (var data in new AuthorizeAttribute[]
        {
            new RequirePermissionAttribute(
                PermissionNames.ViewTasks), new RequirePermissionAttribute("nobody.registered"), new RequireKohakuRoleAttribute(Role.Anony),
            new RequireKohakuRoleAttribute(Role.Viewer), new(KohakuAuthDefaults.BasePolicy), new(PermissionNames.ViewTasks),
        })
        {
            Assert.Null(data.AuthenticationSchemes);
            var policy = (await AuthorizationPolicy.CombineAsync(provider, [data]))!;
            Assert.Equal([KohakuAuthDefaults.Scheme], policy.AuthenticationSchemes);
            foreach (var stranger in strangers)
            {
                foreach (var resource in new[] { null, new object() })
                {
                    Assert.False(
                        (await service.AuthorizeAsync(stranger, resource, policy)).Succeeded, $"{data.Policy} {stranger.Identity?.Name}");
                }
            }
        }
    }

    private static HostSetup Setup() => new()
    {
        IsUnchecked = true,
        Map = app =>
        {
            app.MapGet("/ours", [RequirePermission(PermissionNames.ApproveTasks)] () => "in");
            app.MapGet("/plain", () => "in").RequireAuthorization(PermissionNames.ApproveTasks);
            app.MapGet("/theirs", () => "in").RequireAuthorization("floor:3");
        },
    };

    private static HostSetup Setup<T>(bool after)
        where T : class, IAuthorizationPolicyProvider => Setup() with
    {
        Services = services => _ = after ? services : services.AddSingleton<IAuthorizationPolicyProvider, T>(),
        Auth = auth => _ = after ? auth.Services.AddSingleton<IAuthorizationPolicyProvider, T>() : auth.Services,
    };

    /// <summary>As the framework's documentation has it: its own names, and the rest handed on.</summary>
    private sealed class HandingOn(IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider, IDisposable
    {
        private readonly DefaultAuthorizationPolicyProvider next = new(options);

        internal static AuthorizationPolicy Default { get; } = new AuthorizationPolicyBuilder("Kohaku").RequireAuthenticatedUser().Build();

        internal static AuthorizationPolicy Fallback { get; } = new AuthorizationPolicyBuilder("Kohaku").RequireAssertion(_ => true)
            .Build();

        internal bool IsDisposed { get; private set; }

        public bool AllowsCachingPolicies => true;

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(Default);

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(Fallback);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName.StartsWith("floor:", StringComparison.Ordinal)
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder("Kohaku").RequireClaim("floor", policyName[6..]).Build())
            : next.GetPolicyAsync(policyName);

        public void Dispose() => IsDisposed = true;
    }

    /// <summary>Makes a policy of every name.</summary>
    private sealed class TakingAll : IAuthorizationPolicyProvider
    {
        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(HandingOn.Default);

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
            Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder("Kohaku").RequireAuthenticatedUser().Build());
    }

    private sealed class KnowingNothing : IAuthorizationPolicyProvider
    {
        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(HandingOn.Default);

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => Task.FromResult<AuthorizationPolicy?>(null);
    }

    private sealed class Failing : IAuthorizationPolicyProvider
    {
        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(HandingOn.Default);

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
            throw new InvalidOperationException($"{policyName} is not one of mine.");
    }
}
