using System.Collections.Concurrent;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

/// <summary>Opens in-memory sets with a defect. The suites below are internal, so that the runner does not find them.</summary>
internal sealed class Opener
{
    private readonly InMemoryDatabase database = new();
    private readonly ConcurrentDictionary<object, object> memory = new();

    public Action<BrokenStoreSet> Defect { get; set; } = _ => { };

    /// <summary>Whether each set has a database of its own.</summary>
    public bool Apart { get; set; }

    public IDisposable FailAfter(int accesses) => new InMemoryFault(database, accesses);

    public Task<KohakuStoreSet> OpenAsync()
    {
        var set = new BrokenStoreSet(new InMemoryStoreSet(Apart ? new InMemoryDatabase() : database), memory);
        Defect(set);
        return Task.FromResult<KohakuStoreSet>(set);
    }
}

internal interface IBrokenSuite
{
    Opener Opener { get; }
}

internal sealed class BrokenStoreSetSuite : StoreSetConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenUserStore : UserStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenAccountStore : AccountStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenActing : ActingConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenSessionStore : SessionStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenTokenStore : TokenStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenGroupStore : GroupStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenInvitationStore : InvitationStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenApprovalStore : ApprovalStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenVpsAssignmentStore : VpsAssignmentStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenAuditStore : AuditStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenCodeStore : CodeStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenSettingsStore : SettingsStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenThrottleStore : ThrottleStoreConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenRandomSequence : RandomSequenceConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}

internal sealed class BrokenFaults : FaultConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();

    protected override IDisposable FailAfter(int accesses) => Opener.FailAfter(accesses);
}

internal sealed class BrokenChangeEpoch : ChangeEpochConformance, IBrokenSuite
{
    public Opener Opener { get; } = new();

    protected override Task<KohakuStoreSet> OpenAsync() => Opener.OpenAsync();
}
