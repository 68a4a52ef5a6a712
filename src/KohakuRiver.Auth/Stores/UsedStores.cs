using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <summary>
/// The stores as the services get them from the container: those of the set, unless a host registered another one itself.
/// </summary>
internal sealed class UsedStores(
    IUserStore users, IAccountStore accounts, ISessionStore sessions, ITokenStore tokens, IIdentityStore identities,
    IGroupStore groups, IInvitationStore invitations, IApprovalStore approvals, IVpsAssignmentStore vpsAssignments, IAuditStore audit,
    ICodeStore codes, ISettingsStore settings, IThrottleStore throttle)
{
    /// <summary>All stores by the name of the set's property.</summary>
    internal IReadOnlyDictionary<string, IKohakuStore> All => new Dictionary<string, IKohakuStore>(StringComparer.Ordinal)
    {
        [nameof(KohakuStoreSet.Users)] = users,
        [nameof(KohakuStoreSet.Accounts)] = accounts,
        [nameof(KohakuStoreSet.Sessions)] = sessions,
        [nameof(KohakuStoreSet.Tokens)] = tokens,
        [nameof(KohakuStoreSet.Identities)] = identities,
        [nameof(KohakuStoreSet.Groups)] = groups,
        [nameof(KohakuStoreSet.Invitations)] = invitations,
        [nameof(KohakuStoreSet.Approvals)] = approvals,
        [nameof(KohakuStoreSet.VpsAssignments)] = vpsAssignments,
        [nameof(KohakuStoreSet.Audit)] = audit,
        [nameof(KohakuStoreSet.Codes)] = codes,
        [nameof(KohakuStoreSet.Settings)] = settings,
        [nameof(KohakuStoreSet.Throttle)] = throttle,
    };
}
