using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Microsoft.Data.Sqlite;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>The SQLite stores keep every promise that the suite knows.</summary>
public sealed class Conformance
{
    [Fact]
    public void Suite_ForSqlite_IsComplete() => ConformanceCompleteness.AssertComplete(typeof(Conformance).Assembly);
}

public sealed class SqliteStoreSetConformanceTests : StoreSetConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteUserStoreConformanceTests : UserStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteAccountStoreConformanceTests : AccountStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteActingConformanceTests : ActingConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteSessionStoreConformanceTests : SessionStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteTokenStoreConformanceTests : TokenStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteGroupStoreConformanceTests : GroupStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteInvitationStoreConformanceTests : InvitationStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteApprovalStoreConformanceTests : ApprovalStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteVpsAssignmentStoreConformanceTests : VpsAssignmentStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteAuditStoreConformanceTests : AuditStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteCodeStoreConformanceTests : CodeStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteSettingsStoreConformanceTests : SettingsStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteThrottleStoreConformanceTests : ThrottleStoreConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteRandomSequenceConformanceTests : RandomSequenceConformance
{
    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

public sealed class SqliteFaultConformanceTests : FaultConformance
{
    private const int InputOutputError = 10;

    private readonly GivingUp giving = new(() => new SqliteException("disk I/O error", InputOutputError));

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open(o => o.Interceptors = [giving]));

    protected override IDisposable FailAfter(int accesses) => giving.After(accesses);
}

public sealed class SqliteChangeEpochConformanceTests : ChangeEpochConformance
{
    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(Shared(() => new TempDatabase()).Open());
}

