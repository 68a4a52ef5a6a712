// <snippet:suite>
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;

namespace SqlStore.Tests;

/// <summary>The suite for these stores. The runner creates an instance per case, so each has its own file.</summary>
[LeavesOut(OptionalCases.Epoch, "The set offers no IChangeEpoch: credentials are looked up on each request.")]
public sealed class SqlStoreTests : StoreSuite, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sql-store-");

    protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.FullName, "auth.db");
        return Task.FromResult<KohakuStoreSet>(
            Environment.GetEnvironmentVariable("BREAK_A_VERB") == "1" ? new BrokenStoreSet(path) : new SqlStoreSet(path));
    }

    protected override IDisposable FailAfter(KohakuStoreSet stores, int accesses) => new Fault(((SqlStoreSet)stores).Database, accesses);

    public void Dispose() => folder.Delete(recursive: true);
}
// </snippet:suite>
