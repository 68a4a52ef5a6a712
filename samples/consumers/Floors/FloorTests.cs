using System.Diagnostics;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.All)]

namespace Floors;

/// <summary>The SQLite stores with the oldest versions of all that they ask for.</summary>
[LeavesOut(OptionalCases.Faults, "How a database fails does not hang on the version of a library.")]
public sealed class FloorTests : StoreSuite, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("floors-");
    private readonly List<ServiceProvider> providers = [];

    [Fact]
    public void EntityFramework_Running_IsTheFirstRelease() => Assert.StartsWith(
        "10.0.0",
        FileVersionInfo.GetVersionInfo(typeof(DbContext).Assembly.Location).ProductVersion,
        StringComparison.Ordinal);

    protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(_ => { }).UseSqlite($"Data Source={Path.Combine(folder.FullName, "auth.db")}");
        var provider = services.BuildServiceProvider();
        lock (providers)
        {
            providers.Add(provider);
        }

        return Task.FromResult(provider.GetRequiredService<KohakuStoreSet>());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in providers)
        {
            await provider.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
