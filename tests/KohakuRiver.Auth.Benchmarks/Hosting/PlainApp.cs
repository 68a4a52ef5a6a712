using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>An app with nothing in it but the endpoint every contender serves.</summary>
internal static class PlainApp
{
    /// <summary>The endpoint's path.</summary>
    public const string Path = "/work";

    public static WebApplicationBuilder CreateBuilder(string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder, EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    /// <summary>The endpoint; the same code for everybody.</summary>
    public static IEndpointConventionBuilder MapWork(this WebApplication app) => app.MapGet(Path, static () => "ok");

    /// <summary>The endpoint's whole address, once the app runs.</summary>
    public static string WorkUrl(this WebApplication app) => Root(app) + Path;

    public static string Root(this WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
}
