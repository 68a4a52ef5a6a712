using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests;

/// <summary>The in-memory stores keep every promise that the suite knows.</summary>
public sealed class InMemoryConformance
{
    [Fact]
    public void Suite_ForTheInMemoryStores_IsComplete() =>
        ConformanceCompleteness.AssertComplete(typeof(InMemoryConformance).Assembly);
}

public sealed class InMemoryStoreSetTests : StoreSetConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryUserStoreTests : UserStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryAccountStoreTests : AccountStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryActingTests : ActingConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemorySessionStoreTests : SessionStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryTokenStoreTests : TokenStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryGroupStoreTests : GroupStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryInvitationStoreTests : InvitationStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryApprovalStoreTests : ApprovalStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryVpsAssignmentStoreTests : VpsAssignmentStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryAuditStoreTests : AuditStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryCodeStoreTests : CodeStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemorySettingsStoreTests : SettingsStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryThrottleStoreTests : ThrottleStoreConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryRandomSequenceTests : RandomSequenceConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

public sealed class InMemoryFaultTests : FaultConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));

    protected override IDisposable FailAfter(int accesses) => new InMemoryFault(database, accesses);
}

public sealed class InMemoryChangeEpochTests : ChangeEpochConformance
{
    private readonly InMemoryDatabase database = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Task.FromResult<KohakuStoreSet>(new InMemoryStoreSet(database));
}

