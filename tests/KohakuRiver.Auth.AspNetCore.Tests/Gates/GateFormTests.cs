using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using KohakuRiver.Auth.AspNetCore.Tests.Gates;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.DependencyInjection;

// What the Razor compiler writes for a page of a host.
[assembly: RazorCompiledItem(typeof(ReportsPage), "mvc.1.0.razor-page", "/Pages/Reports/All.cshtml")]

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Each way in which the framework lets a host ask for a permission or a role, for every role and for nobody.</summary>
public sealed class GateFormTests
{
    private static readonly Role Nobody = (Role)99;

    public static TheoryData<string, bool, Role> Gates
    {
        get
        {
            var data = new TheoryData<string, bool, Role>
            {
                { "/minimal/attribute", true, Role.Operator },
                { "/minimal/policy", true, Role.Operator },
                { "/minimal/prefixed", true, Role.Operator },
                { "/minimal/role", true, Role.Operator },
                { "/minimal/known", true, Role.Viewer },
                { "/minimal/base", true, Role.Viewer },
                { "/minimal/nobody", true, Nobody },
                { "/minimal/two", true, Role.Admin },
                { "/Reports/All", true, Role.Operator },
            };
            foreach (var endpoints in new[] { true, false })
            {
                data.Add("/forms/permission", endpoints, Role.Operator);
                data.Add("/forms/policy", endpoints, Role.Operator);
                data.Add("/forms/role", endpoints, Role.Admin);
                data.Add("/forms/nobody", endpoints, Nobody);
                data.Add("/forms/whole", endpoints, Role.Operator);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task Gate_OfEachForm_IsOpenFromItsRoleUp(string path, bool endpoints, Role from)
    {
        await using var host = await TestHost.StartAsync(Setup(endpoints));

        (await host.GetAsync(path)).AssertProblem(401);
        (await host.GetAsync(path, ("Authorization", "Bearer nonsense"))).AssertProblem(401);
        foreach (var role in new[] { Role.Viewer, Role.User, Role.Operator, Role.Admin })
        {
            var person = await host.AddAsync(role);
            foreach (var credential in new[] { person.CookieHeader, person.BearerHeader })
            {
                var answer = await host.GetAsync(path, credential);
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
    }

    [Theory]
    [MemberData(nameof(Gates))]
    public async Task Gate_AskedInTheClearWhereHttpsIsSetUp_IsClosedInEachForm(string path, bool endpoints, Role from)
    {
        await using var host = await TestHost.StartAsync(
            Setup(endpoints) with { Peer = "203.0.113.5", Options = o => o.PublicUrl = new Uri("https://cluster.example") });
        var person = await host.AddAsync(from == Nobody ? Role.Admin : from);

        (await host.GetAsync(path, person.BearerHeader)).AssertProblem(400);
    }

    private static HostSetup Setup(bool endpoints) => new()
    {
        IsUnchecked = true,
        Services = services =>
        {
            var mvc = services.AddMvc(o => o.EnableEndpointRouting = endpoints);
            mvc.AddApplicationPart(typeof(GateFormTests).Assembly)
                .ConfigureApplicationPartManager(
                    m => m.ApplicationParts.Add(new CompiledRazorAssemblyPart(typeof(GateFormTests).Assembly)));
            mvc.AddRazorPagesOptions(o => o.Conventions.AuthorizeFolder("/Reports", PermissionNames.ApproveTasks));
        },
        Map = app =>
        {
            if (!endpoints)
            {
                app.UseMvc();
                return;
            }

            app.MapGet("/minimal/attribute", [RequirePermission(PermissionNames.ApproveTasks)] () => "in");
            app.MapGet("/minimal/policy", [Authorize(Policy = PermissionNames.ApproveTasks)] () => "in");
            app.MapGet(
                "/minimal/prefixed",
                [Authorize(Policy = KohakuAuthDefaults.PermissionPolicyPrefix + PermissionNames.ApproveTasks)] () => "in");
            app.MapGet("/minimal/role", () => "in").RequireAuthorization(KohakuAuthDefaults.RolePolicyPrefix + "operator");
            app.MapGet("/minimal/known", [RequireKohakuRole(Role.Anony)] () => "in");
            app.MapGet("/minimal/base", [Authorize(Policy = KohakuAuthDefaults.BasePolicy)] () => "in");
            app.MapGet("/minimal/nobody", [RequirePermission("nobody.registered")] () => "in");
            app.MapGet("/minimal/two", [RequirePermission(PermissionNames.ViewTasks)] [RequireKohakuRole(Role.Admin)] () => "in");
            app.MapControllers();
            app.MapRazorPages();
        },
    };
}

/// <summary>A controller of the host's.</summary>
[Route("forms")]
public sealed class FormsController : Controller
{
    [HttpGet("permission")]
    [RequirePermission(PermissionNames.ApproveTasks)]
    public IActionResult Permission() => Content("in");

    [HttpGet("policy")]
    [Authorize(Policy = PermissionNames.ApproveTasks)]
    public IActionResult ByPolicy() => Content("in");

    [HttpGet("role")]
    [RequireKohakuRole(Role.Admin)]
    public IActionResult OfRole() => Content("in");

    [HttpGet("nobody")]
    [RequirePermission("nobody.registered")]
    public IActionResult Never() => Content("in");
}

/// <summary>A controller that asks for everything in it.</summary>
[Route("forms/whole")]
[RequirePermission(PermissionNames.ApproveTasks)]
public sealed class WholeController : Controller
{
    [HttpGet]
    public IActionResult Get() => Content("in");
}

/// <summary>A Razor page of the host's, as the compiler would make it.</summary>
public sealed class ReportsPage : Page
{
    public ReportsPage Model => this;

    public override Task ExecuteAsync()
    {
        WriteLiteral("in");
        return Task.CompletedTask;
    }
}
