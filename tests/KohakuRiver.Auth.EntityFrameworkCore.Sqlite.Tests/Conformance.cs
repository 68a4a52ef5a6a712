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
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteUserStoreConformanceTests : UserStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteAccountStoreConformanceTests : AccountStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteSessionStoreConformanceTests : SessionStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteTokenStoreConformanceTests : TokenStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteGroupStoreConformanceTests : GroupStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteInvitationStoreConformanceTests : InvitationStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteApprovalStoreConformanceTests : ApprovalStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteVpsAssignmentStoreConformanceTests : VpsAssignmentStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteAuditStoreConformanceTests : AuditStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteCodeStoreConformanceTests : CodeStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteSettingsStoreConformanceTests : SettingsStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteThrottleStoreConformanceTests : ThrottleStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteRandomSequenceConformanceTests : RandomSequenceConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteFaultConformanceTests : FaultConformance
{
    private const int InputOutputError = 10;

    private readonly TempDatabase database = new();
    private readonly GivingUp giving = new(() => new SqliteException("disk I/O error", InputOutputError));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open(o => o.Interceptors = [giving]));

    protected override IDisposable FailAfter(int accesses) => giving.After(accesses);
}

public sealed class SqliteChangeEpochConformanceTests : ChangeEpochConformance
{
    private readonly TempDatabase database = new();

    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}

public sealed class SqliteImportStoreConformanceTests : ImportStoreConformance
{
    private readonly TempDatabase database = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(database.Open());
}
