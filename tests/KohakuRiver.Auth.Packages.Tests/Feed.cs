using KohakuRiver.Auth.Packages.Tests;
using KohakuRiver.Tests.Packing;

[assembly: AssemblyFixture(typeof(Feed))]

namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>All packages, packed once for all tests.</summary>
public sealed class Feed : IAsyncLifetime
{
    private LocalFeed? local;

    internal LocalFeed Local => local!;

    public async ValueTask InitializeAsync() => local = await LocalFeed.PackAllAsync();

    public ValueTask DisposeAsync()
    {
        local?.Dispose();
        return ValueTask.CompletedTask;
    }
}
