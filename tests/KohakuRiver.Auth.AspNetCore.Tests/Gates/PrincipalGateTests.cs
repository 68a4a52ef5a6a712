using System.Security.Claims;
using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Principals that are asked about where there is no request: components in a circuit, work that goes on afterwards.</summary>
public sealed class PrincipalGateTests
{
    private static readonly HostSetup Setup = new()
    {
        Services = services => services.AddSingleton<Caught>()
            .AddCascadingAuthenticationState()
            .AddScoped<AuthenticationStateProvider, FixedState>(),
        Map = app => app.MapGet("/catch", (HttpContext http, Caught caught) => { caught.User = http.User; }).AllowAnyActor(),
    };

    [Fact]
    public async Task Principal_OutsideItsRequest_IsDecidedByTheActorOfNow()
    {
        await using var host = await TestHost.StartAsync(Setup);
        await host.AddAsync(Role.Admin);
        foreach (var cookie in new[] { true, false })
        {
            var person = await host.AddAsync(Role.Admin);
            var user = await CatchAsync(host, cookie ? person.CookieHeader : person.BearerHeader);
            foreach (var form in new[] { user, user.Clone(), new ClaimsPrincipal([new ClaimsIdentity("Other"), .. user.Identities]) })
            {
                Assert.True(await MayAsync(host, form, PermissionNames.ManageUsers));
            }

            await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Operator });
            Assert.False(await MayAsync(host, user, PermissionNames.ManageUsers));
            Assert.True(await MayAsync(host, user, PermissionNames.ApproveTasks));
            Assert.False(await MayAsync(host, user, "Kohaku.Permission:nobody.registered"));

            await host.DeleteAsync(person);
            Assert.False(await MayAsync(host, user, PermissionNames.ViewTasks));
        }
    }

    [Fact]
    public async Task Principal_OfSomebodyElseAskedAboutInARequest_IsNotTheCaller()
    {
        var answers = new List<bool>();
        await using var host = await TestHost.StartAsync(Setup with
        {
            Map = app =>
            {
                Setup.Map!(app);
                app.MapGet("/ask", async (HttpContext http, IAuthorizationService service, Caught caught) =>
                {
                    foreach (var resource in new object?[] { http, null })
                    {
                        answers.Add((await service.AuthorizeAsync(caught.User!, resource, PermissionNames.ManageUsers)).Succeeded);
                        var other = new ClaimsPrincipal(new ClaimsIdentity("Other"));
                        answers.Add((await service.AuthorizeAsync(other, resource, PermissionNames.ManageUsers)).Succeeded);
                        answers.Add((await service.AuthorizeAsync(http.User, resource, PermissionNames.ManageUsers)).Succeeded);
                    }
                }).RequireKohakuRole(Role.Viewer);
            },
        });
        await CatchAsync(host, (await host.AddAsync(Role.Viewer)).CookieHeader);

        await host.GetAsync("/ask", (await host.AddAsync(Role.Admin)).CookieHeader);

        Assert.Equal([false, false, true, false, false, true], answers);
    }

    [Fact]
    public async Task Principal_InAnOutage_IsRefused()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var user = await CatchAsync(host, ("X-Admin-Token", TestHost.MasterSecret));
        var person = await CatchAsync(host, (await host.AddAsync(Role.Admin)).CookieHeader);

        host.Database.IsDown = true;

        Assert.True(await MayAsync(host, user, PermissionNames.ManageUsers));
        Assert.False(await MayAsync(host, person, PermissionNames.ManageUsers));
    }

    [Theory]
    [InlineData(null, "sees nothing", "refused")]
    [InlineData(Role.Viewer, "sees nothing", "refused")]
    [InlineData(Role.Operator, "sees tasks", "refused")]
    [InlineData(Role.Admin, "sees tasks", "page")]
    public async Task Component_WithAGate_ShowsWhatTheRoleMay(Role? role, string view, string page)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var user = await CatchAsync(host, role is { } known ? [(await host.AddAsync(known)).CookieHeader] : []);

        Assert.Equal(view, await RenderAsync(host, user, builder =>
        {
            builder.OpenComponent<AuthorizeView>(0);
            builder.AddAttribute(1, nameof(AuthorizeView.Policy), PermissionNames.ApproveTasks);
            builder.AddAttribute(
                2, nameof(AuthorizeView.Authorized), (RenderFragment<AuthenticationState>)(_ => b => b.AddContent(0, "sees tasks")));
            builder.AddAttribute(
                3, nameof(AuthorizeView.NotAuthorized), (RenderFragment<AuthenticationState>)(_ => b => b.AddContent(0, "sees nothing")));
            builder.CloseComponent();
        }));
        Assert.Equal(page, await RenderAsync(host, user, builder =>
        {
            builder.OpenComponent<AuthorizeRouteView>(0);
            builder.AddAttribute(
                1,
                nameof(AuthorizeRouteView.RouteData),
                new Microsoft.AspNetCore.Components.RouteData(typeof(GatedPage), new Dictionary<string, object?>()));
            builder.AddAttribute(
                2, nameof(AuthorizeRouteView.NotAuthorized), (RenderFragment<AuthenticationState>)(_ => b => b.AddContent(0, "refused")));
            builder.CloseComponent();
        }));
    }

    private static async Task<ClaimsPrincipal> CatchAsync(TestHost host, params (string, string)[] credential)
    {
        Assert.Equal(200, (await host.GetAsync("/catch", credential)).Status);
        return host.Services.GetRequiredService<Caught>().User!;
    }

    private static async Task<bool> MayAsync(TestHost host, ClaimsPrincipal user, string policy)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, null, policy)).Succeeded;
    }

    // As in a circuit: a scope of its own, the user of the request that opened it, and no request.
    private static async Task<string> RenderAsync(TestHost host, ClaimsPrincipal user, RenderFragment content)
    {
        await using var scope = host.Services.CreateAsyncScope();
        ((FixedState)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>()).User = user;
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Holder>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Holder.ChildContent)] = content }))).ToHtmlString());
    }

    private sealed class Caught
    {
        internal ClaimsPrincipal? User { get; set; }
    }

    private sealed class FixedState : AuthenticationStateProvider
    {
        internal ClaimsPrincipal User { get; set; } = new();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(User));
    }

    private sealed class Holder : ComponentBase
    {
        [Parameter]
        public RenderFragment? ChildContent { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, ChildContent);
    }

    [RequirePermission(PermissionNames.ManageUsers)]
    private sealed class GatedPage : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "page");
    }
}
