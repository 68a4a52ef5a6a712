using KohakuRiver.Auth.Stores;
using Suite = KohakuRiver.Auth.Testing.Stores.Tests.Broken.BrokenStoreSetSuite;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static partial class Defects
{
    private static IEnumerable<Defect> Sets =>
    [
        Defect.In<Suite>("stores that share no transaction", nameof(Suite.TransactionDomain_OfAllStores_IsOne), set =>
            set.BreakMember<ITokenStore, object>("get_TransactionDomain", _ => new object())),
        Defect.In<Suite>("sets that do not see each other", nameof(Suite.TwoSets_OverTheSameData_SeeEachOthersWritesAtOnce), _ => { }) with { Apart = true },
        Defect.In<Suite>("a reader that lags behind", nameof(Suite.TwoSets_OverTheSameData_SeeEachOthersWritesAtOnce), set =>
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
        Defect.In<Suite>("a start that empties the log", nameof(Suite.Initialize_Again_KeepsTheData), set =>
            set.Initializing = ct => set.Real.Audit.PruneAsync(DateTimeOffset.MaxValue, ct)),
        Defect.In<Suite>("a cancelled read that finds nothing", nameof(Suite.Cancelled_BeforeTheCall_IsDoneOrSaysCancelledAndHarmsNothing), set =>
            set.Break<IUserStore, User?>(nameof(IUserStore.FindAsync), call =>
                call.Ct.IsCancellationRequested ? Task.FromResult<User?>(null) : call.RealAsync<User?>())),
        Defect.In<Suite>("texts cut to a column", nameof(Suite.Texts_AsLongAsServicesLetThemBe_ComeBackExactly), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), call =>
                call.With<ApprovalDecision>(d => d with { Reason = d.Reason?[..255] }).RealAsync<WriteResult<Approval>>())),
        Defect.In<Suite>("instants of whole seconds", nameof(Suite.Instants_OfAnyPrecisionTheModelHas_ComeBackExactly), set =>
            set.Break<ITokenStore, ApiToken?>(nameof(ITokenStore.FindAsync), async call =>
                await call.RealAsync<ApiToken?>() is { ExpiresAt: { } at } token ? token with { ExpiresAt = Milliseconds(at) } : null)),
    ];
}
