using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore.Sqlite;
using KohakuRiver.Auth.Stores;
using KohakuRiver.SampleHost.Configuration;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost.Importing;

/// <summary>
/// Takes over the accounts of an original KohakuRiver host into the database that the host is configured to use. Exit codes: 0 all of it is imported or
/// already there, 1 some rows are left out, 2 nothing was done.
/// </summary>
internal static class ImportCommand
{
    internal const int AllThere = 0;
    internal const int SomeLeftOut = 1;
    internal const int NothingDone = 2;

    internal static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        if (ImportArguments.Read(args, out var fault) is not { } arguments)
        {
            await errors.WriteLineAsync($"{fault} {ImportArguments.Usage}");
            return NothingDone;
        }

        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = arguments.Settings, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        try
        {
            builder.Configuration.MapFlatNames();
            var databases = HostDatabases.Choose(builder.Configuration, builder.Environment.ContentRootPath);
            using var target = ImportTarget.For(databases, arguments.IsDryRun);
            target.Use(builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")));
            using var host = builder.Build();
            var report = await ImportAsync(host.Services, arguments);
            await output.WriteAsync(ImportPrinter.Print(report));
            return report.LeftOut.Count == 0 ? AllThere : SomeLeftOut;
        }
        catch (Exception e) when (e is SettingsException or OptionsValidationException)
        {
            var faults = e is OptionsValidationException invalid ? invalid.Failures : ((SettingsException)e).Faults;
            await errors.WriteLineAsync("The settings are not good:");
            foreach (var one in faults)
            {
                await errors.WriteLineAsync($"  - {FlatNames.Explain(builder.Configuration, one)}");
            }
        }
        catch (Exception e) when (e is ImportSourceException or StoreUnavailableException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"Nothing was imported. {e.Message}");
            if (arguments.IsDryRun && e is InvalidOperationException)
            {
                await errors.WriteLineAsync("A dry run does not touch the schema either: start the host once, which brings it up to date.");
            }
        }

        return NothingDone;
    }

    private static async Task<ImportReport> ImportAsync(IServiceProvider services, ImportArguments arguments)
    {
        // <snippet:import>
        // The file is read first: a file that is none leaves the host's own database untouched.
        var source = await KohakuRiverFile.ReadAsync(arguments.Path, arguments.Zone);
        await services.GetRequiredService<KohakuStoreSet>().InitializeAsync(default);
        return await services.GetRequiredService<ImportService>().RunAsync(source, arguments.IsDryRun);

        // </snippet:import>
    }
}
