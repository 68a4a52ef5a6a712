using KohakuRiver.Auth;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>How the host is seen from outside: whether it is well, and what it measures.</summary>
internal static class Observing
{
    public static void AddObserving(this WebApplicationBuilder builder)
    {
        // <snippet:health-add>
        builder.Services.AddHealthChecks().AddKohakuAuth(o => o.LongestDelivery = TimeSpan.FromMinutes(5));
        // </snippet:health-add>
        builder.Services.AddSingleton<MetricsPage>();
    }

    public static void MapObserving(this WebApplication app)
    {
        // <snippet:health-map>
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        // </snippet:health-map>

        if (app.Services.GetRequiredService<IOptions<SampleHostOptions>>().Value.ShowMetrics)
        {
            var page = app.Services.GetRequiredService<MetricsPage>();
            app.MapGet("/api/host/metrics", () => Results.Text(page.Write(), "text/plain; version=0.0.4")).RequireKohakuRole(Role.Operator);
        }
    }
}
