using KohakuRiver.Auth.Stores;
using Suite = KohakuRiver.Auth.Testing.Stores.Tests.Broken.BrokenFaults;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static partial class Defects
{
    private static IEnumerable<Defect> Faults =>
    [
        Defect.In<Suite>("a deletion in two transactions", nameof(Suite.DeletionOfAUser_FailingAtAnyPoint_IsAbsent), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                await set.Real.Sessions.EndAllAsync(call.Arg<long>(), null, call.Arg<AuthorizedWrite>(), call.Ct);
                return await call.RealAsync<WriteResult<User>>();
            })),
        Defect.In<Suite>("an audit entry of what did not happen", nameof(Suite.Registration_FailingAtAnyPoint_IsAbsent), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                await set.Real.Audit.AppendAsync(call.Arg<AuthorizedWrite>().Audit, call.Ct);
                return await call.RealAsync<WriteResult<AccountLogin>>();
            })),
        Defect.In<Suite>("a fault that looks like a lost write", nameof(Suite.Approvals_FailingAtAnyPoint_StayAsTheyAre), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), async call =>
            {
                try
                {
                    return await call.RealAsync<WriteResult<Approval>>();
                }
                catch (StoreUnavailableException)
                {
                    return WriteResult<Approval>.Lost(WriteStatus.Conflict);
                }
            })),
        Defect.In<Suite>("a fault that looks like nobody", nameof(Suite.Reads_WhileTheDatabaseIsAway_SayThatAndNothingElse), set =>
            set.Break<ISessionStore, CredentialRecord?>(nameof(ISessionStore.FindAsync), async call =>
            {
                try
                {
                    return await call.RealAsync<CredentialRecord?>();
                }
                catch (StoreUnavailableException)
                {
                    return null;
                }
            })),
    ];
}
