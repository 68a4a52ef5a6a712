using KohakuRiver.SampleHost;
using Microsoft.Extensions.Options;

if (args is ["import", .. var rest])
{
    return await HostImport.RunAsync(rest, Console.Out, Console.Error);
}

// Settings and data are in the application's own folder, wherever it is started.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
try
{
    builder.Configuration.MapFlatNames();
    var databases = HostDatabases.Choose(builder.Configuration, builder.Environment.ContentRootPath);
    builder.AddHostHttp();
    builder.AddObserving();
    builder.AddCluster(databases);

    // <snippet:embedding>
    builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
        .UseDatabase(databases) // .UseSqlite("Data Source=…") or .UsePostgreSql("Host=…")
        .AddAspNetCore()
        .AddAdminPanel()
        .AddTaskApprovalHandler<ApprovalHandler>()
        .AddVpsDirectory<VpsStore>()
        .AddVpsLifecycle<VpsLifecycle>()
        .AddTaskDirectory<TaskDirectory>()
        .AddNodeDirectory<NodeDirectory>()
        .AddKohakuRiverImport(); // API tokens of the host this one replaces

    var app = builder.Build();
    app.UseHostHttp();
    app.UseKohakuAuth();
    app.MapKohakuAuth();
    app.MapKohakuAdminPanel();
    // </snippet:embedding>

    app.MapKohakuAuthOpenApi();
    app.MapCluster();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    // Faults in the settings: what to fix, without a stack trace.
    await Console.Error.WriteLineAsync("The settings are invalid:");
    foreach (var fault in e.Failures)
    {
        await Console.Error.WriteLineAsync($"  - {FlatNames.Explain(builder.Configuration, fault)}");
    }

    return 1;
}
