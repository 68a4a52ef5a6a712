// <snippet:external>
using System.Security.Claims;
// </snippet:external>
// <snippet:gates>
using KohakuRiver.Auth;
// </snippet:gates>
// <snippet:external>
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Identity;
// </snippet:external>
using Workshop.Components.Panel;

namespace Workshop.Setup;

/// <summary>What the app gets: the people of the cluster.</summary>
internal static class Cluster
{
    internal static void AddServices(WebApplicationBuilder builder)
    {
        // <snippet:cluster>
        var cluster = builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseSqlite(builder.Configuration.GetConnectionString("Workshop")!)
            .AddAspNetCore(o =>
            {
                o.PathBase = "/shop";
                o.UseAsDefaultScheme = builder.Configuration.GetValue("ClusterIsDefault", defaultValue: false);
            })
            .AddAdminPanel()
            .AddPermission(new KohakuPermission("machines.book", KohakuRole.User, "Book machines"));
        // </snippet:cluster>

        // <snippet:external>
        cluster.AddExternalPrincipals(
            IdentityConstants.ApplicationScheme,
            user => new ExternalPrincipal(user.FindFirstValue(ClaimTypes.NameIdentifier)!, user.Identity!.Name),
            o => o.Title = "Workshop");
        // </snippet:external>

        // What is set here adds to what was set before.
        cluster.AddAdminPanel(o =>
        {
            o.Name = "Workshop";
            o.AddPage<Machines>("/machines", Permissions.ViewTasks, "Machines");
            o.AddToUserPage<Department>();
        });
    }

    internal static void Map(WebApplication app)
    {
        // <snippet:gates>
        app.MapGet("/tasks", (KohakuActor actor) => $"Tasks for {actor.Username}").RequirePermission(Permissions.ViewTasks);
        app.MapGet("/bookings", () => "Bookings").RequireAuthorization("machines.book");
        app.MapGet("/operators", () => "For operators").RequireKohakuRole(KohakuRole.Operator);

        // For everybody; but whoever sends a credential learns when it is no longer good.
        app.MapGet("/welcome", (KohakuActor actor) => $"Hello {actor.Username}").AllowAnyActor();

        // For everybody, whatever the request carries: a probe must not fail because of somebody's cookie.
        app.MapGet("/ping", (KohakuActor actor) => $"pong {actor.Username}").IgnoreKohakuCredentials();
        // </snippet:gates>

        app.MapGet("/default", (HttpContext http) => $"Hello {http.User.Identity!.Name}").RequireAuthorization();
    }
}
