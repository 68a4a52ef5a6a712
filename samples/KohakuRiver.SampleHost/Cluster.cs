using KohakuRiver.Auth;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>The cluster itself, without the user side.</summary>
internal static class Cluster
{
    public static void AddCluster(this WebApplicationBuilder builder, HostDatabases databases)
    {
        var services = builder.Services;
        services.AddOptions<SampleHostOptions>().BindConfiguration(SampleHostOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SampleHostOptions>, SampleHostOptionsValidator>();
        services.AddHostTables(databases);
        services.AddSingleton<HostIds>();

        services.AddSingleton<LocalNode>();
        services.AddSingleton<NodeStore>();
        services.AddSingleton<TaskStore>();
        services.AddSingleton<TaskViews>();
        services.AddSingleton<TaskKill>();
        services.AddSingleton<TaskRemoval>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<VpsStore>();
        services.AddSingleton<VpsViews>();
        services.AddSingleton<VpsExec>();

        services.AddSingleton<ExecutableList>();
        services.AddSingleton<ProcessRunner>();
        services.AddSingleton<RunStore>();
        services.AddSingleton<RunSignal>();
        services.AddHostedService<Scheduler>();
        services.AddHostedService<AbandonedSubmissions>();
    }

    public static void MapCluster(this WebApplication app)
    {
        app.MapGet("/api/health", () => new { Status = "ok" }).AllowAnonymous();
        app.MapObserving();
        var calls = app.MapGroup("").AsksWhoFirst();
        calls.MapNodes();
        calls.MapTasks();
        calls.MapVps();
        app.MapShortcuts();
    }

    // What people type; the pages are under /admin. The query is kept: it contains the invitation's code.
    private static void MapShortcuts(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<KohakuAuthOptions>>().Value.Enabled)
        {
            Redirect("/", "/admin");
        }
        else
        {
            app.MapAuthOffPage();
        }

        Redirect("/login", "/admin/login");
        Redirect("/register", "/admin/register");

        void Redirect(string from, string to) =>
            app.MapGet(from, (HttpRequest request) => Results.LocalRedirect($"~{to}{request.QueryString}")).AllowAnonymous();
    }
}
