using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class AccountDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<UserCreationCases>("a user made without audit", nameof(UserCreationCases.CreateUser_WithGroups_GivesThemByName), set =>
            WithoutAudit<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<UserCreationCases>(
            "a user made and audited twice", nameof(UserCreationCases.CreateUser_WithGroups_GivesThemByName), set =>
            WithAuditAnyway<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<UserCreationCases>(
            "a user not made and yet audited", nameof(UserCreationCases.CreateUser_NameTakenInOtherCase_IsLost), set =>
            WithAuditAnyway<IAccountStore, WriteResult<UserDetails>>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<UserCreationCases>("the target id not filled in", nameof(UserCreationCases.CreateUser_WithGroups_GivesThemByName), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<AuthorizedWrite>(w => w with { Audit = w.Audit with { TargetId = w.Audit.TargetId ?? "?" } })
                    .RealAsync<WriteResult<UserDetails>>())),
        Defect.In<UserCreationCases>("text normalised", nameof(UserCreationCases.CreateUser_LongestAndStrangestText_IsKeptExactly), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<NewUser>(u => u with { DisplayName = u.DisplayName.Normalize() }).RealAsync<WriteResult<UserDetails>>())),
        Defect.In<UserCreationCases>("text cut off", nameof(UserCreationCases.CreateUser_LongestAndStrangestText_IsKeptExactly), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<NewUser>(u => u with { PasswordHash = u.PasswordHash[..Math.Min(128, u.PasswordHash.Length)] })
                    .RealAsync<WriteResult<UserDetails>>())),
        Defect.In<UserCreationCases>("a missing group left out", nameof(UserCreationCases.CreateUser_OneGroupMissing_MakesNothing), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.GroupMissing
                    ? await call.With<NewUser>(u => u with { GroupIds = [] }).RealAsync<WriteResult<UserDetails>>()
                    : result;
            })),
        Defect.In<UserCreationCases>("a name read and then taken", nameof(UserCreationCases.CreateUser_EqualNamesAtOnce_OneWins), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), async call =>
            {
                var free = await set.Real.Users.FindPasswordAsync(call.Arg<NewUser>().Username, call.Ct) is null;
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.NameTaken && free
                    ? await call.With<NewUser>(u => u with { Username = u.Username + call.Arg<AuthorizedWrite>().Audit.OperationId })
                        .RealAsync<WriteResult<UserDetails>>()
                    : result;
            })),
        Defect.In<UserCreationCases>(
            "a cancelled write half done", nameof(UserCreationCases.CreateUser_CancelledAtAnyMoment_IsWholeOrAbsent), set =>
                AuditedLate<UserDetails>(set, nameof(IAccountStore.TryCreateUserAsync))),
        Defect.In<InvitedRegistrationCases>(
            "a cancelled registration half done",
            nameof(InvitedRegistrationCases.RegisterWithInvitation_CancelledAtAnyMoment_IsWholeOrAbsent),
            set => AuditedLate<AccountLogin>(set, nameof(IAccountStore.TryRegisterWithInvitationAsync))),
        Defect.In<UserDeletionCases>(
            "a cancelled deletion half done",
            nameof(UserDeletionCases.DeleteUser_CancelledAtAnyMoment_IsWholeOrAbsent),
            set => AuditedLate<User>(set, nameof(IAccountStore.TryDeleteUserAsync))),
        Defect.In<InvitedRegistrationCases>(
            "the last use read and then taken",
            nameof(InvitedRegistrationCases.RegisterWithInvitation_ManyOnTheLastUses_OnlySoManyWin),
            UseReadThenTaken,
            1),
        Defect.In<InvitedRegistrationCases>(
            "the last of several uses read and then taken",
            nameof(InvitedRegistrationCases.RegisterWithInvitation_ManyOnTheLastUses_OnlySoManyWin),
            UseReadThenTaken,
            3),
        Defect.In<InvitedRegistrationCases>(
            "the role taken from the newcomer",
            nameof(InvitedRegistrationCases.RegisterWithInvitation_Open_GivesExactlyItsRoleAndGroup),
            set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.Value is { } login)
                {
                    await set.Real.Accounts.TryUpdateUserAsync(
                        login.User.User.Id, new UserChange { Role = call.Arg<NewUser>().Role }, login.Session.CreatedAt,
                        call.Arg<AuthorizedWrite>(), call.Ct);
                }

                return result;
            })),
        Defect.In<InvitedRegistrationCases>(
            "a use taken for a taken name", nameof(InvitedRegistrationCases.RegisterWithInvitation_NameTaken_TakesNoUse), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.Status == WriteStatus.NameTaken)
                {
                    await call.With<NewUser>(u => u with { Username = "spare" }).RealAsync<WriteResult<AccountLogin>>();
                }

                return result;
            })),
        Defect.In<InvitedRegistrationCases>(
            "the maker's rights not asked",
            nameof(InvitedRegistrationCases.RegisterWithInvitation_MakerDisabledDemotedOrDeleted_IsLost),
            set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), call =>
                call.With<Role>(_ => Role.Anony).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<InvitedRegistrationCases>(
            "an invitation alive at its expiry", nameof(InvitedRegistrationCases.RegisterWithInvitation_AtTheInstantOfExpiry_IsLost), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterWithInvitationAsync), call =>
                call.With<NewUser>(u => u with { CreatedAt = u.CreatedAt.AddMicroseconds(-1) }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<RegistrationCases>(
            "any number of first admins", nameof(RegistrationCases.RegisterFirstAdmin_AdminExists_IsLostAndKeepsTheCode), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), RegisterAnyway(set))),
        Defect.In<RegistrationCases>(
            "first admins that read and then write",
            nameof(RegistrationCases.RegisterFirstAdmin_ManyAtOnce_OneWins),
            set => set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), async call =>
            {
                var none = !await set.Real.Users.AnyAdminAsync(call.Ct);
                await OthersReadTooAsync(set);
                return none ? await RegisterAnyway(set)(call) : WriteResult<AccountLogin>.Lost(WriteStatus.AdminExists);
            }),
            false),
        Defect.In<RegistrationCases>(
            "a setup code not used up", nameof(RegistrationCases.RegisterFirstAdmin_WithTheSetupCode_UsesItUp), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterFirstAdminAsync), call =>
                call.WithAt(1, null).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<RegistrationCases>(
            "a register that keeps the replaced session", nameof(RegistrationCases.Register_ReplacingASession_EndsThatOne), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryRegisterAsync), call =>
                call.With<NewSession>(s => s with { Replaces = null }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<LoginCases>("a login that ignores a changed password", nameof(LoginCases.LogIn_HashChangedDisabledOrGone_IsLost), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
                await call.WithAt(1, (await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct))?.PasswordHash)
                    .RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<LoginCases>(
            "a login that checks the password and then writes",
            nameof(LoginCases.LogIn_WithTheOldPasswordAgainstASetPassword_LeavesNoSession),
            set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
            {
                var before = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                var now = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                return await (
                    before?.PasswordHash == call.Arg<string>()
                        ? call.WithAt(1, now?.PasswordHash)
                        : call).RealAsync<WriteResult<AccountLogin>>();
            })),
        Defect.In<LoginCases>("any number of sessions", nameof(LoginCases.LogIn_OverTheLimit_EndsTheOldestOfTheUser), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), call =>
                call.With<NewSession>(s => s with { Limit = 1000 }).RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<LoginCases>("a limit one too low", nameof(LoginCases.LogIn_ReplacingAtTheLimit_EndsNoOther), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), call =>
                call.With<NewSession>(s => s.Replaces is null ? s : s with { Limit = s.Limit - 1 })
                    .RealAsync<WriteResult<AccountLogin>>())),
        Defect.In<LoginCases>("a login that keeps the lock", nameof(LoginCases.LogIn_HashStillTheSame_MakesASessionAndUnlocks), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                await set.Real.Users.TryCountLoginAttemptAsync(
                    call.Arg<long>(), new LockoutPolicy(1, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), call.Arg<NewSession>().CreatedAt,
                    call.Ct);
                return result;
            })),
    ];

    // The write is there before its audit entry, and a cancellation in between leaves it so.
    private static void AuditedLate<T>(BrokenStoreSet set, string verb)
        where T : class
    {
        HideForgotten(set);
        set.Break<IAccountStore, WriteResult<T>>(verb, async call =>
        {
            Forget(set, call.Arg<AuthorizedWrite>().Audit);
            var result = await call.RealAsync<WriteResult<T>>();
            await OthersReadTooAsync(set);
            call.Ct.ThrowIfCancellationRequested();
            set.Memory.TryRemove(call.Arg<AuthorizedWrite>().Audit.OperationId, out _);
            return result;
        });
    }

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
