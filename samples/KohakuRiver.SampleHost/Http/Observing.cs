using KohakuRiver.Auth;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using OpenTelemetry.Metrics;

namespace KohakuRiver.SampleHost;

/// <summary>The host's health checks and metrics.</summary>
internal static class Observing
{
    public static void AddObserving(this WebApplicationBuilder builder)
    {
        // <snippet:health-add>
        builder.Services.AddHealthChecks().AddKohakuAuth(o => o.LongestDelivery = TimeSpan.FromMinutes(5));
        // </snippet:health-add>
        if (ShowsMetrics(builder.Configuration))
        {
            // <snippet:metrics-add>
            builder.Services.AddOpenTelemetry().WithMetrics(m => m
                .AddMeter(KohakuAuthDiagnostics.Name).AddAspNetCoreInstrumentation().AddPrometheusExporter());
            // </snippet:metrics-add>
        }
    }

    public static void MapObserving(this WebApplication app)
    {
        // <snippet:health-map>
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        // </snippet:health-map>

        if (ShowsMetrics(app.Configuration))
        {
            // <snippet:metrics-map>
            app.MapPrometheusScrapingEndpoint("/metrics").RequirePermission(Permissions.ManageSettings);
            // </snippet:metrics-map>
        }
    }

    // Without a reader nothing is measured.
    private static bool ShowsMetrics(IConfiguration configuration) =>
        configuration.GetValue<bool>($"{SampleHostOptions.SectionName}:{nameof(SampleHostOptions.ShowMetrics)}");
}
