using KohakuRiver.Auth;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost.Tests.Operations;

/// <summary>The file of settings that is printed.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    [Trait(PrintedBlock.Trait, "settings")]
    public async Task Durations_AsPrinted_AreReadAsTheySay()
    {
        await File.WriteAllTextAsync(
            folder.File("appsettings.json"), PrintedBlock.Get("settings").Code, TestContext.Current.CancellationToken);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.Path });
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
            .UseSqlite($"Data Source={folder.File("kohakuriver.db")};Pooling=False");
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        var read = host.Services.GetRequiredService<IOptions<KohakuAuthOptions>>().Value;
        Assert.Equal(TimeSpan.FromHours(24), read.SessionLifetime);
        Assert.Equal(TimeSpan.FromMinutes(90), read.SessionIdleTimeout);
        Assert.Equal(TimeSpan.FromDays(730), read.Retention.AuditEntries);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();
}
