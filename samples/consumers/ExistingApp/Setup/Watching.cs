// <snippet:telemetry>
using KohakuRiver.Auth;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
// </snippet:telemetry>
// <snippet:http-logging>
using Microsoft.AspNetCore.HttpLogging;
// </snippet:http-logging>

namespace Workshop.Setup;

/// <summary>What the app shows of itself.</summary>
internal static class Watching
{
    internal static void AddServices(WebApplicationBuilder builder)
    {
        // <snippet:telemetry>
        builder.Services.AddOpenTelemetry()
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter(KohakuAuthDiagnostics.Name).AddPrometheusExporter())
            .WithTracing(t => t.AddAspNetCoreInstrumentation().AddSource(KohakuAuthDiagnostics.Name));
        builder.Services.AddHealthChecks().AddKohakuAuth();
        // </snippet:telemetry>

        // <snippet:http-logging>
        builder.Services.AddHttpLogging(o => o.LoggingFields = HttpLoggingFields.All);
        // </snippet:http-logging>

        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen();
    }

    internal static void Map(WebApplication app)
    {
        // <snippet:telemetry>
        app.MapPrometheusScrapingEndpoint().IgnoreKohakuCredentials();
        app.MapHealthChecks("/health").IgnoreKohakuCredentials();
        // </snippet:telemetry>

        // <snippet:swagger>
        app.UseSwagger();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("v1/swagger.json", "Our own calls");
            ui.SwaggerEndpoint("../api/openapi.json", "People");
        });
        app.MapKohakuAuthOpenApi().AllowAnonymous();
        // </snippet:swagger>
    }
}
