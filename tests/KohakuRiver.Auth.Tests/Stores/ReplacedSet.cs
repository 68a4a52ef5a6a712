using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

/// <summary>A set with some of its stores replaced.</summary>
internal sealed class ReplacedSet(KohakuStoreSet real, IReadOnlyDictionary<string, IKohakuStore> others) : KohakuStoreSet
{
    public bool Initialized { get; private set; }

    public override IUserStore Users => Get(real.Users, nameof(Users));

    public override IAccountStore Accounts => Get(real.Accounts, nameof(Accounts));

    public override ISessionStore Sessions => Get(real.Sessions, nameof(Sessions));

    public override ITokenStore Tokens => Get(real.Tokens, nameof(Tokens));

    public override IIdentityStore Identities => Get(real.Identities, nameof(Identities));

    public override IGroupStore Groups => Get(real.Groups, nameof(Groups));

    public override IInvitationStore Invitations => Get(real.Invitations, nameof(Invitations));

    public override IApprovalStore Approvals => Get(real.Approvals, nameof(Approvals));

    public override IVpsAssignmentStore VpsAssignments => Get(real.VpsAssignments, nameof(VpsAssignments));

    public override IAuditStore Audit => Get(real.Audit, nameof(Audit));

    public override ICodeStore Codes => Get(real.Codes, nameof(Codes));

    public override ISettingsStore Settings => Get(real.Settings, nameof(Settings));

    public override IThrottleStore Throttle => Get(real.Throttle, nameof(Throttle));

    public override Task InitializeAsync(CancellationToken cancellationToken)
    {
        Initialized = true;
        return real.InitializeAsync(cancellationToken);
    }

    private TStore Get<TStore>(TStore real, string name)
        where TStore : IKohakuStore => others.TryGetValue(name, out var other) ? (TStore)other : real;
}
