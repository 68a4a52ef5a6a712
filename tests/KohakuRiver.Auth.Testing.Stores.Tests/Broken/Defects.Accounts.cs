using KohakuRiver.Auth.Stores;
using Suite = KohakuRiver.Auth.Testing.Stores.Tests.Broken.BrokenAccountStore;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static partial class Defects
{
    private static IEnumerable<Defect> Accounts =>
    [
        Defect.In<Suite>("a user made without audit", nameof(Suite.CreateUser_WithGroups_GivesThemByName), set =>
            WithoutAudit<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<Suite>("a user made and audited twice", nameof(Suite.CreateUser_WithGroups_GivesThemByName), set =>
            WithAuditAnyway<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<Suite>("a user not made and yet audited", nameof(Suite.CreateUser_NameTakenInOtherCase_IsLost), set =>
            WithAuditAnyway<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<Suite>("the target id not filled in", nameof(Suite.CreateUser_WithGroups_GivesThemByName), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<AuthorizedWrite>(w => w with { Audit = w.Audit with { TargetId = w.Audit.TargetId ?? "?" } }).RealAsync<WriteResult<UserDetails>>())),
        Defect.In<Suite>("text normalised", nameof(Suite.CreateUser_LongestAndStrangestText_IsKeptExactly), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<NewUser>(u => u with { DisplayName = u.DisplayName.Normalize() }).RealAsync<WriteResult<UserDetails>>())),
        Defect.In<Suite>("text cut off", nameof(Suite.CreateUser_LongestAndStrangestText_IsKeptExactly), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<NewUser>(u => u with { PasswordHash = u.PasswordHash[..Math.Min(128, u.PasswordHash.Length)] }).RealAsync<WriteResult<UserDetails>>())),
        Defect.In<Suite>("a missing group left out", nameof(Suite.CreateUser_OneGroupMissing_MakesNothing), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.GroupMissing
                    ? await call.With<NewUser>(u => u with { GroupIds = [] }).RealAsync<WriteResult<UserDetails>>()
                    : result;
            })),
        Defect.In<Suite>("a name read and then taken", nameof(Suite.CreateUser_EqualNamesAtOnce_OneWins), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                var free = await set.Real.Users.FindPasswordAsync(call.Arg<NewUser>().Username, call.Ct) is null;
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.NameTaken && free
                    ? await call.With<NewUser>(u => u with { Username = u.Username + call.Arg<AuthorizedWrite>().Audit.OperationId }).RealAsync<WriteResult<UserDetails>>()
                    : result;
            })),
        Defect.In<Suite>("a cancelled write half done", nameof(Suite.CreateUser_CancelledAtAnyMoment_IsWholeOrAbsent), set =>
        {
            HideForgotten(set);
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                Forget(set, call.Arg<AuthorizedWrite>().Audit);
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                await OthersReadTooAsync(set);
                call.Ct.ThrowIfCancellationRequested();
                set.Memory.TryRemove(call.Arg<AuthorizedWrite>().Audit.OperationId, out _);
                return result;
            });
        }),
        Defect.In<Suite>("the last use read and then taken", nameof(Suite.RegisterWithInvitation_ManyOnTheLastUses_OnlySoManyWin), UseReadThenTaken, 1),
        Defect.In<Suite>("the last of several uses read and then taken", nameof(Suite.RegisterWithInvitation_ManyOnTheLastUses_OnlySoManyWin), UseReadThenTaken, 3),
        Defect.In<Suite>("the role taken from the newcomer", nameof(Suite.RegisterWithInvitation_Open_GivesExactlyItsRoleAndGroup), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.Value is { } login)
                {
                    await set.Real.Accounts.TryUpdateUserAsync(
                        login.User.User.Id, new UserChange { Role = call.Arg<NewUser>().Role }, login.Session.CreatedAt, call.Arg<AuthorizedWrite>(), call.Ct);
                }

                return result;
            })),
        Defect.In<Suite>("a use taken for a taken name", nameof(Suite.RegisterWithInvitation_NameTaken_TakesNoUse), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.Status == WriteStatus.NameTaken)
                {
                    await call.With<NewUser>(u => u with { Username = "spare" }).RealAsync<WriteResult<AccountLogin>>();
                }

                return result;
            })),
        Defect.In<Suite>("the maker's rights not asked", nameof(Suite.RegisterWithInvitation_MakerDisabledDemotedOrDeleted_IsLost), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), call =>
                call.With<Role>(_ => Role.Anony).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("an invitation alive at its expiry", nameof(Suite.RegisterWithInvitation_AtTheInstantOfExpiry_IsLost), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), call =>
                call.With<NewUser>(u => u with { CreatedAt = u.CreatedAt.AddMicroseconds(-1) }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("any number of first admins", nameof(Suite.RegisterFirstAdmin_AdminExists_IsLostAndKeepsTheCode), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), RegisterAnyway(set))),
        Defect.In<Suite>(
            "first admins that read and then write",
            nameof(Suite.RegisterFirstAdmin_ManyAtOnce_OneWins),
            set => set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), async call =>
            {
                var none = !await set.Real.Users.AnyAdminAsync(call.Ct);
                await OthersReadTooAsync(set);
                return none ? await RegisterAnyway(set)(call) : WriteResult<AccountLogin>.Lost(WriteStatus.AdminExists);
            }),
            false),
        Defect.In<Suite>("a set-up code not used up", nameof(Suite.RegisterFirstAdmin_WithTheSetupCode_UsesItUp), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), call =>
                call.WithAt(1, null).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("a register that keeps the replaced session", nameof(Suite.Register_ReplacingASession_EndsThatOne), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterAsync), call =>
                call.With<NewSession>(s => s with { Replaces = null }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("a login that ignores a changed password", nameof(Suite.LogIn_HashChangedDisabledOrGone_IsLost), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
                await call.WithAt(1, (await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct))?.PasswordHash).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("a login that checks the password and then writes", nameof(Suite.LogIn_WithTheOldPasswordAgainstASetPassword_LeavesNoSession), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
            {
                var before = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                var now = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                return await (before?.PasswordHash == call.Arg<string>() ? call.WithAt(1, now?.PasswordHash) : call).RealAsync<WriteResult<AccountLogin>>();
            })),
        Defect.In<Suite>("any number of sessions", nameof(Suite.LogIn_OverTheLimit_EndsTheOldestOfTheUser), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), call =>
                call.With<NewSession>(s => s with { Limit = 1000 }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("a limit one too low", nameof(Suite.LogIn_ReplacingAtTheLimit_EndsNoOther), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), call =>
                call.With<NewSession>(s => s.Replaces is null ? s : s with { Limit = s.Limit - 1 }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<Suite>("a login that keeps the lock", nameof(Suite.LogIn_HashStillTheSame_MakesASessionAndUnlocks), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                await set.Real.Users.TryCountLoginAttemptAsync(
                    call.Arg<long>(), new LockoutPolicy(1, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), call.Arg<NewSession>().CreatedAt, call.Ct);
                return result;
            })),
    ];

    private static void UseReadThenTaken(BrokenStoreSet set) =>
        set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
        {
            var invitation = await set.Real.Invitations.FindAsync(call.Arg<SecretHash>(), call.Ct);
            await OthersReadTooAsync(set);
            var result = await call.RealAsync<WriteResult<AccountLogin>>();
            return result.Status == WriteStatus.CodeClosed && invitation?.IsOpen(call.Arg<NewUser>().CreatedAt) == true
                ? await RegisterAnyway(set)(call)
                : result;
        });

    private static Func<Call, Task<WriteResult<AccountLogin>>> RegisterAnyway(BrokenStoreSet set) => call =>
        set.Real.Accounts.TryRegisterAsync(call.Arg<NewUser>(), call.Arg<NewSession>(), call.Arg<AuthorizedWrite>(), call.Ct);
}
