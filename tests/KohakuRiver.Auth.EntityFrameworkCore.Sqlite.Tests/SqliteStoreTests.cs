using KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Microsoft.Data.Sqlite;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.All)]

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>The SQLite stores keep every promise that the suite knows.</summary>
public sealed class SqliteStoreTests : StoreSuite, IAsyncDisposable
{
    private const int InputOutputError = 10;

    private readonly TempDatabase database = new();
    private readonly GivingUp giving = new(() => new SqliteException("disk I/O error", InputOutputError));

    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    protected override Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken) =>
        Task.FromResult<KohakuStoreSet>(database.Open(o => o.Interceptors = [giving]));

    protected override IDisposable FailAfter(KohakuStoreSet stores, int accesses) => giving.After(accesses);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
