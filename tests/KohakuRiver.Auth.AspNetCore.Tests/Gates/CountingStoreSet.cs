using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing.InMemory;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Stores that count how often somebody asks what was touched.</summary>
internal sealed class CountingStoreSet(InMemoryStoreSet inner) : KohakuStoreSet, IChangeEpoch
{
    private int reads;

    internal int Reads => Volatile.Read(ref reads);

    public override IUserStore Users => inner.Users;

    public override IAccountStore Accounts => inner.Accounts;

    public override ISessionStore Sessions => inner.Sessions;

    public override ITokenStore Tokens => inner.Tokens;

    public override IGroupStore Groups => inner.Groups;

    public override IInvitationStore Invitations => inner.Invitations;

    public override IApprovalStore Approvals => inner.Approvals;

    public override IVpsAssignmentStore VpsAssignments => inner.VpsAssignments;

    public override IAuditStore Audit => inner.Audit;

    public override ICodeStore Codes => inner.Codes;

    public override ISettingsStore Settings => inner.Settings;

    public override IThrottleStore Throttle => inner.Throttle;

    public override IImportStore Imports => inner.Imports;

    public override IChangeEpoch? Changes => this;

    public override Task InitializeAsync(CancellationToken ct) => inner.InitializeAsync(ct);

    public ValueTask<PrincipalChanges> ReadAsync(long since, CancellationToken ct)
    {
        Interlocked.Increment(ref reads);
        return inner.Changes!.ReadAsync(since, ct);
    }
}
