using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class SetDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<SetCases>("stores that share no transaction", nameof(SetCases.TransactionDomain_OfAllStoresButTheThrottle_IsOne), set =>
            set.BreakMember<ITokenStore, object>("get_TransactionDomain", _ => new object())),
        Defect.In<SetCases>("a store that is none of the set's", nameof(SetCases.Start_OfAHostWithTheSet_AcceptsItsStores), set =>
            set.OtherInvitations = set.Real.Invitations),
        Defect.In<SetCases>(
            "sets that do not see each other",
            nameof(SetCases.TwoSets_OverTheSameData_SeeEachOthersWritesAtOnce),
            _ => { }) with { Apart = true },
        Defect.In<SetCases>("a reader that lags behind", nameof(SetCases.TwoSets_OverTheSameData_SeeEachOthersWritesAtOnce), set =>
        {
            var cache = new Dictionary<string, PasswordRecord?>(StringComparer.Ordinal);
            set.Break<IUserStore, User?>(nameof(IUserStore.FindAsync), async call =>
                await call.RealAsync<User?>() ?? cache.Values.FirstOrDefault(r => r?.User.Id == call.Arg<long>())?.User);
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                cache[call.Arg<NewUser>().Username] = result.Value is { } made ? new PasswordRecord(made.User, "") : null;
                return result;
            });
        }),
        Defect.In<SetCases>("a start that empties the log", nameof(SetCases.Initialize_Again_KeepsTheData), set =>
            set.Initializing = cancellationToken => set.Real.Audit.PruneAsync(DateTimeOffset.MaxValue, cancellationToken)),
        Defect.In<SetCases>(
            "a cancelled read that finds nothing", nameof(SetCases.Cancelled_BeforeTheCall_IsDoneOrSaysCancelledAndHarmsNothing), set =>
            set.Break<IUserStore, User?>(nameof(IUserStore.FindAsync), call =>
                call.Ct.IsCancellationRequested ? Task.FromResult<User?>(null) : call.RealAsync<User?>())),
        Defect.In<SetCases>("texts cut to a column", nameof(SetCases.Texts_AsLongAsServicesLetThemBe_ComeBackExactly), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), call =>
                call.With<ApprovalDecision>(d => d with { Reason = d.Reason?[..255] }).RealAsync<WriteResult<Approval>>())),
        Defect.In<SetCases>("instants of whole seconds", nameof(SetCases.Instants_OfAnyPrecisionTheModelHas_ComeBackExactly), set =>
            set.Break<ITokenStore, ApiToken?>(nameof(ITokenStore.FindAsync), async call =>
                await call.RealAsync<ApiToken?>() is { ExpiresAt: { } at } token ? token with { ExpiresAt = Milliseconds(at) } : null)),
    ];
}
