namespace KohakuRiver.Auth.Stores;

/// <summary>
/// The stores of one database. All but <see cref="Throttle"/> are bound together by verbs that change the rows of several of them in one
/// transaction, so they are taken from one set; the start of a host refuses anything else.
/// </summary>
/// <remarks>
/// Deriving from a set and overriding <see cref="Throttle"/> replaces that store, wherever it keeps its counters. Overriding any other
/// property is for a store that works on the same rows, for instance by passing every write on to the one it replaces: it returns that
/// one's <see cref="IKohakuStore.TransactionDomain"/> and carries a <see cref="SharesRowsOfAttribute"/>.
/// </remarks>
public abstract class KohakuStoreSet
{
    /// <summary>Users.</summary>
    public abstract IUserStore Users { get; }

    /// <summary>The verbs that span aggregates: they change the rows of every other store but <see cref="Throttle"/>.</summary>
    public abstract IAccountStore Accounts { get; }

    /// <summary>Sessions.</summary>
    public abstract ISessionStore Sessions { get; }

    /// <summary>API tokens.</summary>
    public abstract ITokenStore Tokens { get; }

    /// <summary>Sign-ins of other authorities.</summary>
    public abstract IIdentityStore Identities { get; }

    /// <summary>Groups.</summary>
    public abstract IGroupStore Groups { get; }

    /// <summary>Invitations.</summary>
    public abstract IInvitationStore Invitations { get; }

    /// <summary>Approvals.</summary>
    public abstract IApprovalStore Approvals { get; }

    /// <summary>VPS assignments.</summary>
    public abstract IVpsAssignmentStore VpsAssignments { get; }

    /// <summary>The audit log. Every write on an actor's behalf adds its entry in its own transaction.</summary>
    public abstract IAuditStore Audit { get; }

    /// <summary>One-use codes.</summary>
    public abstract ICodeStore Codes { get; }

    /// <summary>Settings changed at run time.</summary>
    public abstract ISettingsStore Settings { get; }

    /// <summary>Counters of failed attempts. The one store that can be replaced alone: no verb touches its rows and others' too.</summary>
    public abstract IThrottleStore Throttle { get; }

    /// <summary>
    /// The epoch of changes to principals, which lets a process keep resolved credentials; null when the set has none. A set
    /// whose <see cref="Users"/>, <see cref="Accounts"/>, <see cref="Sessions"/>, <see cref="Tokens"/>, <see cref="Identities"/> or
    /// <see cref="Groups"/> take from elsewhere what the epoch does not watch must override this with null.
    /// </summary>
    public virtual IChangeEpoch? Changes => null;

    /// <summary>All stores by property name.</summary>
    internal IReadOnlyDictionary<string, IKohakuStore> All => new Dictionary<string, IKohakuStore>(StringComparer.Ordinal)
    {
        [nameof(Users)] = Users,
        [nameof(Accounts)] = Accounts,
        [nameof(Sessions)] = Sessions,
        [nameof(Tokens)] = Tokens,
        [nameof(Identities)] = Identities,
        [nameof(Groups)] = Groups,
        [nameof(Invitations)] = Invitations,
        [nameof(Approvals)] = Approvals,
        [nameof(VpsAssignments)] = VpsAssignments,
        [nameof(Audit)] = Audit,
        [nameof(Codes)] = Codes,
        [nameof(Settings)] = Settings,
        [nameof(Throttle)] = Throttle,
    };

    /// <summary>
    /// Prepares the store at the start of the host: creates or migrates the schema where the set is configured to, and
    /// otherwise checks that it matches. Several hosts may start at once.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    /// <exception cref="InvalidOperationException">The schema is newer than this version of the library, or missing.</exception>
    public abstract Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether the schema matches now; changes nothing. Asked by health checks, at any time and in parallel with everything else. A set
    /// that does not override it answers <see cref="SchemaState.Unknown"/>.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The database is unavailable.</exception>
    public virtual Task<SchemaState> CheckSchemaAsync(CancellationToken cancellationToken) => Task.FromResult(SchemaState.Unknown);
}
