using KohakuRiver.Auth.Import;

namespace KohakuRiver.SampleHost;

/// <summary>
/// The command <c>import</c>: imports an original KohakuRiver host into the database that this host is configured to use.
/// </summary>
internal static class HostImport
{
    // <snippet:import>
    internal static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors) =>
        ImportCommand.RunAsync(args, MakeServices, output, errors);

    private static IServiceProvider MakeServices(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Configuration.MapFlatNames();
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseDatabase(HostDatabases.Choose(builder.Configuration, builder.Environment.ContentRootPath))
            .AddKohakuRiverImport();
        return builder.Build().Services;
    }
    // </snippet:import>
}
