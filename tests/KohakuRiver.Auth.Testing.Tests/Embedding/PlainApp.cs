using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The first steps of docs/embedding.md: a plain app that gets people, an API and a panel.</summary>
internal static class PlainApp
{
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        // <snippet:plain>
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseSqlite(builder.Configuration.GetConnectionString("KohakuAuth") ?? "Data Source=cluster.db")
            .AddAspNetCore()
            .AddAdminPanel();

        var app = builder.Build();
        app.UseKohakuAuth();
        app.MapKohakuAuth();        // the calls, under /api
        app.MapKohakuAdminPanel();  // the pages, under /admin
        // </snippet:plain>

        // <snippet:gates>
        app.MapGet("/", () => "Hello everybody");
        app.MapGet("/jobs", (Actor actor) => $"Hello {actor.Username}").RequirePermission(Permissions.ViewTasks);
        app.MapPost("/jobs", (Actor actor) => $"Run for {actor.Username}").RequirePermission(Permissions.SubmitTasks);
        app.MapPost("/vps/{vps_id}/restart", (string vps_id) => $"Restarted {vps_id}").RequireVpsAccess();
        // </snippet:gates>

        return app;
    }
}
