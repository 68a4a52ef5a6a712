using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>The in-memory stores keep every promise that the suite knows.</summary>
public sealed class InMemoryStoreTests : StoreSuite
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));

    protected override IDisposable FailAfter(KohakuStoreSet stores, int accesses) => new InMemoryFault(database, accesses);
}
