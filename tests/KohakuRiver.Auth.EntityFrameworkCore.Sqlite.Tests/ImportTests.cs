using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Tests.Shared;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

public sealed class ImportTests : ImportTestsBase
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
    }

    private protected override Task<KohakuStoreSet> OpenAsync(IInterceptor? disturbing) =>
        Task.FromResult<KohakuStoreSet>(database.Open(o => o.Interceptors = disturbing is null ? [] : [disturbing]));

    protected override Task<IReadOnlyList<string>> DumpAsync() => Task.FromResult(database.Dump());
}
