using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>
/// Stores in memory that keep every promise of the store interfaces except outliving the process: for tests, and for
/// trying the library out.
/// </summary>
/// <param name="database">The database to work on; sets over the same one see each other's writes.</param>
public sealed class InMemoryStoreSet(InMemoryDatabase database) : KohakuStoreSet
{
    /// <summary>Creates a set over a fresh, empty database.</summary>
    public InMemoryStoreSet()
        : this(new InMemoryDatabase())
    {
    }

    /// <summary>The database, to share it with a second set or to make it fail.</summary>
    public InMemoryDatabase Database => database;

    /// <inheritdoc />
    public override IUserStore Users { get; } = new InMemoryUserStore(database);

    /// <inheritdoc />
    public override IAccountStore Accounts { get; } = new InMemoryAccountStore(database);

    /// <inheritdoc />
    public override ISessionStore Sessions { get; } = new InMemorySessionStore(database);

    /// <inheritdoc />
    public override ITokenStore Tokens { get; } = new InMemoryTokenStore(database);

    /// <inheritdoc />
    public override IIdentityStore Identities { get; } = new InMemoryIdentityStore(database);

    /// <inheritdoc />
    public override IGroupStore Groups { get; } = new InMemoryGroupStore(database);

    /// <inheritdoc />
    public override IInvitationStore Invitations { get; } = new InMemoryInvitationStore(database);

    /// <inheritdoc />
    public override IApprovalStore Approvals { get; } = new InMemoryApprovalStore(database);

    /// <inheritdoc />
    public override IVpsAssignmentStore VpsAssignments { get; } = new InMemoryVpsAssignmentStore(database);

    /// <inheritdoc />
    public override IAuditStore Audit { get; } = new InMemoryAuditStore(database);

    /// <inheritdoc />
    public override ICodeStore Codes { get; } = new InMemoryCodeStore(database);

    /// <inheritdoc />
    public override ISettingsStore Settings { get; } = new InMemorySettingsStore(database);

    /// <inheritdoc />
    public override IThrottleStore Throttle { get; } = new InMemoryThrottleStore(database);

    /// <inheritdoc />
    public override IChangeEpoch? Changes => database;

    /// <summary>There is no schema to create; only checks whether the database is available.</summary>
    /// <inheritdoc />
    public override Task InitializeAsync(CancellationToken cancellationToken) => database.EnterAsync(cancellationToken);

    /// <summary>There is no schema that could differ.</summary>
    /// <inheritdoc />
    public override async Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken)
    {
        await database.EnterAsync(cancellationToken);
        return SchemaState.Current;
    }
}
