using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>What is forgotten in the pipeline shows at start, not at the first request.</summary>
public sealed class PipelineCheckTests
{
    [Fact]
    public async Task Start_WithoutUseKohakuAuth_FailsNamingTheCall()
    {
        var fault = await FailAsync(new HostSetup { Pipeline = _ => { }, Map = app => app.MapGet("/", (Actor actor) => actor.Username) });

        Assert.Contains("does not call UseKohakuAuth()", fault, StringComparison.Ordinal);
        Assert.Contains("after UseRouting()", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithUseKohakuAuthOnABranch_Succeeds()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Pipeline = app => app.Map("/people", branch =>
            {
                branch.UseRouting();
                branch.UseKohakuAuth();
                branch.UseEndpoints(e => e.MapGet("/me", (Actor actor) => actor.Username).AllowAnyActor());
            }),
        });

        Assert.Equal("_anonymous", (await host.GetAsync("/people/me")).Body);
    }

    [Fact]
    public async Task Start_WithUnregisteredNamesOnEndpoints_FailsNamingAllAndWhere()
    {
        var fault = await FailAsync(new HostSetup
        {
            Services = services => services.AddSignalR(),
            Map = app =>
            {
                app.MapGet("/attribute", [RequirePermission("reports.veiw")] () => "in");
                app.MapGet("/call", () => "in").RequirePermission("reports.call");
                app.MapGet("/plain", [Authorize(Policy = "tasks.veiw")] () => "in");
                app.MapGet("/named", () => "in").RequireAuthorization("tasks.named");
                app.MapGet("/good", () => "in").RequirePermission(Permissions.ViewTasks);
                app.MapHub<ClassHub>("/hub");
                app.MapHub<MethodHub>("/methods");
            },
        });

        foreach (var (name, where) in ((string, string)[])[
            ("reports.veiw", "/attribute"), ("reports.call", "/call"), ("tasks.veiw", "/plain"), ("tasks.named", "/named"),
            ("hubs.class", "/hub"), ("hubs.method", "MethodHub.Work"), ("hubs.plain", "MethodHub.Plain")])
        {
            var at = fault.IndexOf($"'{name}' (", StringComparison.Ordinal);
            Assert.True(at >= 0, name);
            Assert.Contains(where, fault[at..fault.IndexOf(')', at)], StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/good", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("MethodHub.Good", fault, StringComparison.Ordinal);
        Assert.Contains("AddPermission(", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithRegisteredNames_Succeeds()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddAuthorization(o => o.AddPolicy("of.the.host", p => p.RequireAssertion(_ => true))),
            Auth = auth => auth.AddPermission(new Permission("reports.view", Role.Viewer, "View reports")),
            Map = app =>
            {
                app.MapGet("/attribute", [RequirePermission("reports.view")] () => "in");
                app.MapGet("/plain", [Authorize(Policy = "reports.view")] () => "in");
                app.MapGet("/role", [RequireKohakuRole(Role.Viewer)] () => "in");
                app.MapGet("/host", [Authorize(Policy = "of.the.host")] () => "in");
                app.MapGet("/bare", [Authorize] () => "in");
            },
        });

        Assert.Equal("in", (await host.GetAsync("/host")).Body);
    }

    [Fact]
    public async Task Start_WithAProviderThatAnswersInRequestsOnly_Succeeds()
    {
        await using var host = await TestHost.StartAsync(new HostSetup
        {
            Services = services => services.AddSingleton<IAuthorizationPolicyProvider, InRequests>(),
            Map = app => app.MapGet("/", [Authorize(Policy = "of.the.request")] () => "in"),
        });

        Assert.NotNull(host.Services);
    }

    private static async Task<string> FailAsync(HostSetup setup) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => TestHost.StartAsync(setup))).Message;

    private sealed class InRequests : IAuthorizationPolicyProvider
    {
        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => throw new InvalidOperationException("No request.");

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => throw new InvalidOperationException("No request.");

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);
    }

    [RequirePermission("hubs.class")]
    private sealed class ClassHub : Hub;

    private sealed class MethodHub : Hub
    {
        [RequirePermission("hubs.method")]
        public string Work() => Context.ConnectionId;

        [Authorize(Policy = "hubs.plain")]
        public string Plain() => Context.ConnectionId;

        [RequirePermission(PermissionNames.ViewTasks)]
        public string Good() => Context.ConnectionId;
    }
}
