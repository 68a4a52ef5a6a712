using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class IdentityDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<IdentityCases>("subjects compared regardless of case", nameof(IdentityCases.Find_OtherBytes_GivesNull), set =>
        {
            set.Break<IIdentityStore, WriteResult<ExternalIdentity>>(nameof(IIdentityStore.TryLinkAsync), call =>
            {
                set.Memory[call.Arg<NewIdentity>().Key.ToString().ToUpperInvariant()] = call.Arg<NewIdentity>().Key;
                return call.RealAsync<WriteResult<ExternalIdentity>>();
            });
            set.Break<IIdentityStore, CredentialRecord?>(nameof(IIdentityStore.FindAsync), call => call
                .With<IdentityKey>(
                    key => set.Memory.GetValueOrDefault(key.ToString().ToUpperInvariant()) is IdentityKey known ? known : key)
                .RealAsync<CredentialRecord?>());
        }),
        Defect.In<IdentityCases>("an identity that many create", nameof(IdentityCases.CreateUser_ManyWithOneIdentity_OneWins), set =>
            set.Break<IIdentityStore, WriteResult<UserDetails>>(nameof(IIdentityStore.TryCreateUserAsync), async call =>
            {
                var known = await set.Real.Identities.FindAsync(call.Arg<NewIdentity>().Key, call.Ct);
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.IdentityTaken && known is null
                    ? await set.Real.Accounts.TryCreateUserAsync(call.Arg<NewUser>(), call.Arg<AuthorizedWrite>(), call.Ct)
                    : result;
            })),
        Defect.In<IdentityCases>("a link that asks for no hash", nameof(IdentityCases.Link_TakenChangedOrMissing_IsLost), set =>
            set.Break<IIdentityStore, WriteResult<ExternalIdentity>>(nameof(IIdentityStore.TryLinkAsync), call =>
                call.WithAt(2, null).RealAsync<WriteResult<ExternalIdentity>>())),
        Defect.In<IdentityCases>("an unlink of the last way in", nameof(IdentityCases.Unlink_TheLastWayIn_IsLost), set =>
            set.Break<IIdentityStore, WriteStatus>(nameof(IIdentityStore.TryUnlinkAsync), async call =>
                await call.RealAsync<WriteStatus>() is var status && status == WriteStatus.LastWayIn ? WriteStatus.Done : status)),
        Defect.In<IdentityCases>("the last way in read and then relied on", nameof(IdentityCases.Unlink_AllAtOnce_LeavesOneWayIn), set =>
            set.Break<IIdentityStore, WriteStatus>(nameof(IIdentityStore.TryUnlinkAsync), async call =>
            {
                var others = (await set.Real.Identities.ListAsync(call.ArgAt<long>(1), call.Ct)).Count - 1;
                await OthersReadTooAsync(set);
                var status = await call.RealAsync<WriteStatus>();
                return status == WriteStatus.LastWayIn && others > 0 ? WriteStatus.Done : status;
            })),
        Defect.In<IdentityCases>(
            "a reset that leaves the thief's sign-in", nameof(IdentityCases.SetPassword_AccountHadOne_UnlinksAll), set =>
            set.Break<IAccountStore, WriteStatus>(nameof(IAccountStore.TrySetPasswordAsync), async call =>
            {
                var before = await set.Real.Identities.ListAsync(call.Arg<long>(), call.Ct);
                var status = await call.RealAsync<WriteStatus>();
                foreach (var identity in before)
                {
                    var again = new NewIdentity
                    {
                        Provider = identity.Provider,
                        Key = identity.Key,
                        LoginName = identity.LoginName,
                        LinkedAt = identity.LinkedAt,
                    };
                    await set.Real.Identities.TryLinkAsync(
                        call.Arg<long>(), again, null, Plain(call.Arg<AuthorizedWrite>().Audit with { OperationId = default }), call.Ct);
                }

                return status;
            })),
    ];
}
