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
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlUserStoreConformanceTests(PostgresServer server) : UserStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlAccountStoreConformanceTests(PostgresServer server) : AccountStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlActingConformanceTests(PostgresServer server) : ActingConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlSessionStoreConformanceTests(PostgresServer server) : SessionStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlTokenStoreConformanceTests(PostgresServer server) : TokenStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlGroupStoreConformanceTests(PostgresServer server) : GroupStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlInvitationStoreConformanceTests(PostgresServer server) : InvitationStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlApprovalStoreConformanceTests(PostgresServer server) : ApprovalStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlVpsAssignmentStoreConformanceTests(PostgresServer server) : VpsAssignmentStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlAuditStoreConformanceTests(PostgresServer server) : AuditStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlCodeStoreConformanceTests(PostgresServer server) : CodeStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlSettingsStoreConformanceTests(PostgresServer server) : SettingsStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlThrottleStoreConformanceTests(PostgresServer server) : ThrottleStoreConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlRandomSequenceConformanceTests(PostgresServer server) : RandomSequenceConformance
{
    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

public sealed class PostgreSqlFaultConformanceTests(PostgresServer server) : FaultConformance
{
    private readonly GivingUp giving = new(() => new PostgresException("no space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull));

    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync(o => o.Interceptors = [giving]);

    protected override IDisposable FailAfter(int accesses) => giving.After(accesses);
}

public sealed class PostgreSqlChangeEpochConformanceTests(PostgresServer server) : ChangeEpochConformance
{
    // Ten thousand where there is time for it.
    protected override int Revocations => Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1" ? 10_000 : 200;

    protected override async Task<KohakuStoreSet> OpenAsync() => await Shared(() => new TempDatabase(server)).OpenAsync();
}

