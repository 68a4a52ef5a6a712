using KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;
using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Npgsql;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.All)]

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>The PostgreSQL stores keep every promise that the suite knows.</summary>
public sealed class PostgreSqlStoreTests(PostgresServer server) : StoreSuite, IAsyncDisposable
{
    private readonly TempDatabase database = new(server);
    private readonly GivingUp giving =
        new(() => new PostgresException("no space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull));

    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    protected override async Task<KohakuStoreSet> CreateAsync(CancellationToken cancellationToken) =>
        await database.OpenAsync(o => o.Interceptors = [giving]);

    protected override IDisposable FailAfter(KohakuStoreSet stores, int accesses) => giving.After(accesses);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
