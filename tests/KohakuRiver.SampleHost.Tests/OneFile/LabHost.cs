using KohakuRiver.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.SampleHost.Tests.OneFile;

/// <summary>A host with tables of its own in the library's file, as docs/embedding-tables.md shows it.</summary>
internal static class LabHost
{
    internal static WebApplication Build(params string[] args)
    {
        // <snippet:tables-host>
        var builder = WebApplication.CreateBuilder(args);
        var database = builder.Configuration["Database"] ?? "Data Source=/var/lib/lab/lab.db";
        builder.Services.AddDbContext<LabDbContext>(lab => lab.UseSqlite(database));
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).UseSqlite(database).AddAspNetCore();

        var app = builder.Build();
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        app.MapPost("/jobs/{name}", async (string name, Actor actor, LabDbContext lab) =>
        {
            var job = lab.Jobs.Add(new Job { Name = name, OwnerId = actor.Id }).Entity;
            await lab.SaveChangesAsync();
            return new { job.Id, job.Name };
        }).RequirePermission(Permissions.SubmitTasks);
        app.MapGet("/jobs", (LabDbContext lab) => lab.Jobs.Select(job => new { job.Name, Owner = job.Owner!.Username }).ToListAsync())
            .RequirePermission(Permissions.ViewTasks);
        // </snippet:tables-host>

        return app;
    }

    /// <summary>Makes the host's own tables, before the start makes the library's.</summary>
    internal static async Task MigrateAsync(WebApplication app)
    {
        // <snippet:tables-migrate>
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<LabDbContext>().Database.MigrateAsync();
        }
        // </snippet:tables-migrate>
    }
}
