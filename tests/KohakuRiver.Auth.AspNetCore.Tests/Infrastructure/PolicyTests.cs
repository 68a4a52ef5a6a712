using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.AspNetCore.Tests.Infrastructure;

/// <summary>Who gets through which policy, and what refusals look like.</summary>
public sealed class PolicyTests
{
    private static readonly Permission Reports = new("reports.view", Role.User, "See reports");

    private static readonly HostSetup Setup = new()
    {
        IsUnchecked = true,
        Services = services => services.AddControllers().AddApplicationPart(typeof(PolicyTests).Assembly),
        Auth = auth => auth.AddPermission(Reports),
        Map = app =>
        {
            app.MapGet("/viewer", () => "in").RequireKohakuRole(Role.Viewer);
            app.MapGet("/operator", () => "in").RequireKohakuRole(Role.Operator);
            app.MapGet("/known", () => "in").RequireKohakuRole(Role.Anony);
            app.MapGet("/permission", () => "in").RequirePermission(Permissions.ApproveTasks);
            app.MapGet("/named", () => "in").RequirePermission("tasks.approve");
            app.MapGet("/attribute", [RequirePermission("tasks.approve")] () => "in");
            app.MapGet("/own", () => "in").RequirePermission(Reports);
            app.MapGet("/missing", () => "in").RequirePermission("reports.print");
            app.MapGet("/both", () => "in").RequireKohakuRole(Role.Viewer).RequirePermission(Permissions.ManageUsers);
            app.MapGroup("/group").RequirePermission(Permissions.ApproveTasks).MapGet("/x", () => "in").AllowAnonymous();
            app.MapGet("/vps/{vps_id}", () => "in").RequireVpsAccess();
            app.MapGet("/machines/{id}", () => "in").RequireVpsAccess("id");
            app.MapControllers();
        },
    };

    [Theory]
    [InlineData("/viewer", Role.Viewer)]
    [InlineData("/operator", Role.Operator)]
    [InlineData("/known", Role.Viewer)]
    [InlineData("/permission", Role.Operator)]
    [InlineData("/named", Role.Operator)]
    [InlineData("/attribute", Role.Operator)]
    [InlineData("/controller/permission", Role.Operator)]
    [InlineData("/controller/role", Role.Admin)]
    [InlineData("/own", Role.User)]
    [InlineData("/both", Role.Admin)]
    [InlineData("/missing", (Role)99)]
    public async Task Endpoint_IsOpenFromItsRoleUp(string path, Role from)
    {
        await using var host = await TestHost.StartAsync(Setup);

        (await host.GetAsync(path)).AssertProblem(401);
        foreach (var role in new[] { Role.Anony, Role.Viewer, Role.User, Role.Operator, Role.Admin })
        {
            var answer = await host.GetAsync(path, (await host.AddAsync(role)).BearerHeader);
            if (role >= from)
            {
                Assert.Equal((200, "in"), (answer.Status, answer.Body));
            }
            else
            {
                answer.AssertProblem(403);
            }
        }
    }

    [Fact]
    public async Task PermissionWithoutARow_IsSaidInTheLog()
    {
        await using var host = await TestHost.StartAsync(Setup);
        await host.GetAsync("/missing", ("X-Admin-Token", TestHost.MasterSecret));

        Assert.Contains(
            host.Logs.GetSnapshot(),
            line => line.Level == LogLevel.Error && line.Text().Contains("reports.print", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllowAnonymous_OnAPolicysGroup_OpensIt()
    {
        await using var host = await TestHost.StartAsync(Setup);

        Assert.Equal("in", (await host.GetAsync("/group/x")).Body);
    }

    [Fact]
    [Trait("Requirement", "V14.2.1"), Trait("Requirement", "V16.3.2")]
    public async Task Refusal_OfAKnownActor_IsAuditedWithoutTheQuery()
    {
        await using var host = await TestHost.StartAsync(Setup with { Peer = "192.0.2.9" });
        var person = await host.AddAsync(Role.Viewer);

        await host.GetAsync("/operator?token=secret", person.CookieHeader);
        await host.GetAsync("/operator");

        var entry = Assert.Single(await host.AuditAsync(AuditActions.Denied));
        Assert.Equal(person.Name, entry.Actor);
        Assert.Equal("GET /operator", entry.Target);
        Assert.Equal("192.0.2.9", entry.IpAddress);
        Assert.Equal(AuditOutcome.Refused, entry.Outcome);
    }

    [Fact]
    public async Task Refusal_OnAHugePath_IsAuditedBounded()
    {
        await using var host = await TestHost.StartAsync(
            new HostSetup { Map = app => app.MapGet("/{**rest}", () => "in").RequireKohakuRole(Role.Admin) });
        var person = await host.AddAsync(Role.Viewer);

        await host.GetAsync("/" + new string('a', 5_000) + "%0d%0a", person.BearerHeader);

        var entry = Assert.Single(await host.AuditAsync(AuditActions.Denied));
        Assert.InRange(entry.Target!.Length, 1, 220);
    }

    [Theory]
    [InlineData("/vps/one")]
    [InlineData("/machines/one")]
    [Trait("Requirement", "V8.4.1"), Trait("Requirement", "Known_KohakuRiverAssignments")]
    public async Task Vps_IsHiddenFromThoseItIsNotAssignedTo(string path)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var assigned = await host.AddAsync(Role.Viewer);
        var other = await host.AddAsync(Role.User);
        var manager = await host.AddAsync(Role.Operator);
        var access = host.Services.GetRequiredService<IVpsAccessService>();
        Assert.True((await access.AssignAsync(Actor.Host, "one", [assigned.Id], [])).IsSuccess);

        (await host.GetAsync(path)).AssertProblem(401);
        (await host.GetAsync(path, other.BearerHeader)).AssertProblem(404);
        Assert.Equal("in", (await host.GetAsync(path, assigned.BearerHeader)).Body);
        Assert.Equal("in", (await host.GetAsync(path, manager.BearerHeader)).Body);
        await access.UnassignUserAsync(Actor.Host, "one", assigned.Id);
        (await host.GetAsync(path, assigned.BearerHeader)).AssertProblem(404);
    }

    [Fact]
    [Trait("Requirement", "V16.3.2")]
    public async Task Vps_HiddenFromSomebodyKnown_IsAudited()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.User);

        (await host.GetAsync("/vps/one?token=secret", person.BearerHeader)).AssertProblem(404);
        (await host.GetAsync("/vps/one")).AssertProblem(401);

        var entry = Assert.Single(await host.AuditAsync(AuditActions.Denied));
        Assert.Equal((person.Name, "GET /vps/one", AuditOutcome.Refused), (entry.Actor, entry.Target, entry.Outcome));
    }

    [Fact]
    public async Task Vps_OnARouteWithoutTheParameter_IsAProgrammingFaultAndNotOpen()
    {
        await using var host = await TestHost.StartAsync(new HostSetup { Map = app => app.MapGet("/x", () => "in").RequireVpsAccess() });
        var person = await host.AddAsync(Role.Admin);

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.GetAsync("/x", person.BearerHeader));
        Assert.Contains("vps_id", thrown.Message);
    }

    [Fact]
    public async Task HostsDefaultAndFallbackPolicies_DoNotJoinOurs()
    {
        await using var host = await TestHost.StartAsync(Setup with
        {
            Services = services =>
            {
                Setup.Services!(services);
                services.AddAuthorization(o =>
                {
                    o.DefaultPolicy = new AuthorizationPolicyBuilder().RequireClaim("the-hosts-own").Build();
                    o.FallbackPolicy = o.DefaultPolicy;
                });
            },
        });
        var person = await host.AddAsync(Role.Admin);

        foreach (var path in new[] { "/operator", "/permission", "/attribute", "/controller/permission", "/controller/role" })
        {
            Assert.Equal("in", (await host.GetAsync(path, person.BearerHeader)).Body);
        }
    }

    [Fact]
    public async Task ChangedRole_CountsOnTheNextRequest()
    {
        await using var host = await TestHost.StartAsync(Setup);
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(Role.Operator);
        Assert.Equal(200, (await host.GetAsync("/operator", person.CookieHeader)).Status);

        var users = host.Services.GetRequiredService<IUserService>();
        Assert.True((await users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = person.Id, Role = Role.Viewer })).IsSuccess);

        (await host.GetAsync("/operator", person.CookieHeader)).AssertProblem(403);
        (await host.GetAsync("/operator", person.BearerHeader)).AssertProblem(403);
    }
}

/// <summary>A controller of the host's.</summary>
[ApiController]
[Route("controller")]
public sealed class PolicyTestsController : ControllerBase
{
    [HttpGet("permission")]
    [RequirePermission("tasks.approve")]
    public IActionResult Permission() => Content("in");

    [HttpGet("role")]
    [RequireKohakuRole(Role.Admin)]
    public IActionResult OfRole() => Content("in");
}
