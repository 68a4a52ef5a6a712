using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Tests.Shared;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

public sealed class ImportTests(PostgresServer server) : ImportTestsBase
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }

    private protected override async Task<KohakuStoreSet> OpenAsync(IInterceptor? disturbing) =>
        await database.OpenAsync(o => o.Interceptors = disturbing is null ? [] : [disturbing]);

    protected override Task<IReadOnlyList<string>> DumpAsync() => database.DumpAsync();
}
