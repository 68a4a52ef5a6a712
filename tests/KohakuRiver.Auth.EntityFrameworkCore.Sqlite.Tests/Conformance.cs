using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;

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
