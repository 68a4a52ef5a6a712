using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The stores over Entity Framework Core, the same for all relational engines. The packages of the engines derive from
/// it. To keep the counters of failed attempts elsewhere, derive from the engine's set and override <see cref="Throttle"/>; the other
/// stores are bound together, so one of them can only be wrapped (<see cref="KohakuStoreSet"/>).
/// </summary>
public abstract class EfStoreSet : KohakuStoreSet
{
    private protected EfStoreSet(AuthDatabase database)
    {
        Database = database;
        Users = new EfUserStore(database);
        Accounts = new EfAccountStore(database);
        Sessions = new EfSessionStore(database);
        Tokens = new EfTokenStore(database);
        Identities = new EfIdentityStore(database);
        Groups = new EfGroupStore(database);
        Invitations = new EfInvitationStore(database);
        Approvals = new EfApprovalStore(database);
        VpsAssignments = new EfVpsAssignmentStore(database);
        Audit = new EfAuditStore(database);
        Codes = new EfCodeStore(database);
        Settings = new EfSettingsStore(database);
        Throttle = new EfThrottleStore(database);
    }

    /// <inheritdoc />
    public override IUserStore Users { get; }

    /// <inheritdoc />
    public override IAccountStore Accounts { get; }

    /// <inheritdoc />
    public override ISessionStore Sessions { get; }

    /// <inheritdoc />
    public override ITokenStore Tokens { get; }

    /// <inheritdoc />
    public override IIdentityStore Identities { get; }

    /// <inheritdoc />
    public override IGroupStore Groups { get; }

    /// <inheritdoc />
    public override IInvitationStore Invitations { get; }

    /// <inheritdoc />
    public override IApprovalStore Approvals { get; }

    /// <inheritdoc />
    public override IVpsAssignmentStore VpsAssignments { get; }

    /// <inheritdoc />
    public override IAuditStore Audit { get; }

    /// <inheritdoc />
    public override ICodeStore Codes { get; }

    /// <inheritdoc />
    public override ISettingsStore Settings { get; }

    /// <inheritdoc />
    public override IThrottleStore Throttle { get; }

    internal AuthDatabase Database { get; }
}
