using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.Stores;
using Npgsql;

namespace KohakuRiver.Auth.EntityFrameworkCore.PostgreSql.Tests;

/// <summary>The PostgreSQL stores keep every promise that the suite knows.</summary>
public sealed class Conformance
{
    [Fact]
    public void Suite_ForPostgreSql_IsComplete() => ConformanceCompleteness.AssertComplete(typeof(Conformance).Assembly);
}

public sealed class PostgreSqlStoreSetConformanceTests(PostgresServer server) : StoreSetConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlUserStoreConformanceTests(PostgresServer server) : UserStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlAccountStoreConformanceTests(PostgresServer server) : AccountStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlSessionStoreConformanceTests(PostgresServer server) : SessionStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlTokenStoreConformanceTests(PostgresServer server) : TokenStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlGroupStoreConformanceTests(PostgresServer server) : GroupStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlInvitationStoreConformanceTests(PostgresServer server) : InvitationStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlApprovalStoreConformanceTests(PostgresServer server) : ApprovalStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlVpsAssignmentStoreConformanceTests(PostgresServer server) : VpsAssignmentStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlAuditStoreConformanceTests(PostgresServer server) : AuditStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlCodeStoreConformanceTests(PostgresServer server) : CodeStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlSettingsStoreConformanceTests(PostgresServer server) : SettingsStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlThrottleStoreConformanceTests(PostgresServer server) : ThrottleStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlRandomSequenceConformanceTests(PostgresServer server) : RandomSequenceConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlFaultConformanceTests(PostgresServer server) : FaultConformance
{
    private readonly TempDatabase database = new(server);
    private readonly GivingUp giving = new(() => new PostgresException("no space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync(o => o.Interceptors = [giving]);

    protected override IDisposable FailAfter(int accesses) => giving.After(accesses);
}

public sealed class PostgreSqlChangeEpochConformanceTests(PostgresServer server) : ChangeEpochConformance
{
    private readonly TempDatabase database = new(server);

    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}

public sealed class PostgreSqlImportStoreConformanceTests(PostgresServer server) : ImportStoreConformance
{
    private readonly TempDatabase database = new(server);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async Task<KohakuStoreSet> OpenAsync() => await database.OpenAsync();
}
