using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>The suite for in-memory sets with a defect. Internal, so that the runner does not find it.</summary>
internal class BrokenSuite : StoreSuite
{
    private readonly InMemoryDatabase database = new();
    private readonly ConcurrentDictionary<object, object> memory = new();

    public Action<BrokenStoreSet> Defect { get; init; } = _ => { };

    /// <summary>Whether each set has a database of its own.</summary>
    public bool Apart { get; init; }

    protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken)
    {
        var set = new BrokenStoreSet(new InMemoryStoreSet(Apart ? new InMemoryDatabase() : database), memory);
        Defect(set);
        return Task.FromResult<KohakuStoreSet>(set);
    }

    protected override IDisposable FailAfter(KohakuStoreSet stores, int accesses) => new InMemoryFault(database, accesses);
}
