using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class FaultDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<FaultCases>("a deletion in two transactions", nameof(FaultCases.DeletionOfAUser_FailingAtAnyPoint_IsAbsent), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                await set.Real.Sessions.EndAllAsync(call.Arg<long>(), null, call.Arg<AuthorizedWrite>(), call.Ct);
                return await call.RealAsync<WriteResult<User>>();
            })),
        Defect.In<FaultCases>("an audit entry of what did not happen", nameof(FaultCases.Registration_FailingAtAnyPoint_IsAbsent), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                await set.Real.Audit.AppendAsync(call.Arg<AuthorizedWrite>().Audit, call.Ct);
                return await call.RealAsync<WriteResult<AccountLogin>>();
            })),
        Defect.In<FaultCases>("a fault that looks like a lost write", nameof(FaultCases.Approvals_FailingAtAnyPoint_StayAsTheyAre), set =>
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
        Defect.In<FaultCases>(
            "a fault that looks like nobody", nameof(FaultCases.Reads_WhileTheDatabaseIsAway_SayThatAndNothingElse), set =>
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
