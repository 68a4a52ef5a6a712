using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>
/// The base of tests that run on both engines: an empty database for each test, and two sets over it as two hosts have them.
/// </summary>
public abstract class EngineTests(ITestDatabase database) : IAsyncLifetime
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ITestDatabase Database => database;

    private protected IReadOnlyList<KohakuStoreSet> Sets { get; private set; } = [];

    private protected KohakuStoreSet First => Sets[0];

    private protected KohakuStoreSet Second => Sets[1];

    public virtual async ValueTask InitializeAsync()
    {
        Sets = [await database.OpenSetAsync(), await database.OpenSetAsync()];
        await First.InitializeAsync(Ct);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
