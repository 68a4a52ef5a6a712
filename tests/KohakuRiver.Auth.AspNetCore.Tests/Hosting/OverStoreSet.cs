using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>Somebody else's set over the stores in memory: all of their verbs, and none of what a set may offer beside them.</summary>
internal abstract class OverStoreSet(InMemoryStoreSet inner) : KohakuStoreSet
{
    protected InMemoryStoreSet Inner => inner;

    public override IUserStore Users => inner.Users;

    public override IAccountStore Accounts => inner.Accounts;

    public override ISessionStore Sessions => inner.Sessions;

    public override ITokenStore Tokens => inner.Tokens;

    public override IIdentityStore Identities => inner.Identities;

    public override IGroupStore Groups => inner.Groups;

    public override IInvitationStore Invitations => inner.Invitations;

    public override IApprovalStore Approvals => inner.Approvals;

    public override IVpsAssignmentStore VpsAssignments => inner.VpsAssignments;

    public override IAuditStore Audit => inner.Audit;

    public override ICodeStore Codes => inner.Codes;

    public override ISettingsStore Settings => inner.Settings;

    public override IThrottleStore Throttle => inner.Throttle;

    public override Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);
}
