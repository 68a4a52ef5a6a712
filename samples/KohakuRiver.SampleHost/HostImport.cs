using KohakuRiver.Auth;
using KohakuRiver.Auth.Import;
using Microsoft.EntityFrameworkCore;

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
        var databases = HostDatabases.Choose(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddHostTables(databases);
        builder.Services.AddSingleton<IImportedTaskStore, ImportedTasks>(); // for --tasks
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseDatabase(databases)
            .AddVpsDirectory<ExistingVps>() // for --known-vps-only
            .AddKohakuRiverImport();
        return builder.Build().Services;
    }
    // </snippet:import>

    /// <summary>The instances this host has already. A dry run changes nothing, so tables that are missing are not made for it.</summary>
    private sealed class ExistingVps(HostDatabase database) : IVpsDirectory
    {
        public async Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken)
        {
            var rows = await database.PeekAsync(db => db.Vps.AsNoTracking().ToListAsync(cancellationToken), [], cancellationToken);
            return [.. rows.Select(v => new VpsInfo(HostIds.ToText(v.Id), v.Name, v.Node, v.Status))];
        }

        public async Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            (await ListAsync(cancellationToken)).FirstOrDefault(v => v.VpsId == vpsId);
    }
}
