// <snippet:panel>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AdminPanel;
// </snippet:panel>
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The app of docs/embedding.md that makes the panel a part of itself.</summary>
internal static class OwnPanelApp
{
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        // <snippet:panel>
        builder.Services.AddLocalization(); // for AddTexts
        builder.Services.AddSingleton<DiskUsage>();
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseSqlite(builder.Configuration.GetConnectionString("KohakuAuth") ?? "Data Source=cluster.db")
            .AddAspNetCore()
            .AddAdminPanel(o =>
            {
                o.Name = "Lab cluster";
                o.LogoPath = "/img/logo.svg";
                o.AccentColor = "#8a3ffc";
                o.DefaultTheme = AdminPanelTheme.Light;
                o.FooterText = "Questions? Room 117, or call 4711.";
                o.LoginNotice = "For members of the lab.\nWhat you do here is recorded.";
                o.FrameAncestors.Add("https://portal.example.org");

                o.HomeLink = new AdminPanelLink("To the cluster", "/");
                o.Links.Add(new AdminPanelLink("Jobs", "/jobs", Permissions.ViewTasks));
                o.Links.Add(new AdminPanelLink("Handbook", "https://wiki.example.org/cluster"));

                o.AddPage<DiskPage>("/disks", Permissions.ListUsers, "Disks");
                o.AddToUserPage<DiskSection>();
                o.AddToOverview<DiskSection>();

                o.Languages.Remove("ja");
                o.AddTexts<PanelWords>();
            });
        // </snippet:panel>

        var app = builder.Build();
        app.UsePathBase("/lab");
        app.UseRouting();
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        app.MapKohakuAdminPanel();

        // <snippet:panel-target>
        app.MapPost("/disks/clean", (DiskUsage disks) =>
        {
            disks.Clean();
            return Results.LocalRedirect("~/admin/disks");
        }).RequirePermission(Permissions.ListUsers);
        // </snippet:panel-target>

        return app;
    }
}
