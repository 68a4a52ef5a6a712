using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class PasswordDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<UserChangeCases>(
            "the last admin unguarded", nameof(UserChangeCases.UpdateUser_LastActiveAdmin_CanBeNeitherDemotedNorDisabledNorDeleted), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<User>>();
                return result.Status == WriteStatus.LastAdmin
                    ? WriteResult<User>.Done((await set.Real.Users.FindAsync(call.Arg<long>(), call.Ct))!)
                    : result;
            })),
        Defect.In<UserChangeCases>(
            "disabled admins counted as admins",
            nameof(UserChangeCases.UpdateUser_LastActiveAdmin_CanBeNeitherDemotedNorDisabledNorDeleted),
            set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                var admins = await set.Real.Users.ListAsync(
                    new UserQuery { Role = Role.Admin, Page = new PageRequest(9) }, call.Arg<DateTimeOffset>(), call.Ct);
                return result.Status == WriteStatus.LastAdmin && admins.Total > 1 ? WriteResult<UserDetails>.Done(admins.Items[0]) : result;
            })),
        Defect.In<UserChangeCases>(
            "admins without a password counted as admins",
            nameof(UserChangeCases.UpdateUser_OtherAdminHasNoPassword_IsTheLastAllTheSame),
            set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                var admins = await set.Real.Users.ListAsync(
                    new UserQuery { Role = Role.Admin, IsActive = true, Page = new PageRequest(9) }, call.Arg<DateTimeOffset>(), call.Ct);
                return result.Status == WriteStatus.LastAdmin && admins.Total > 1 ? WriteResult<UserDetails>.Done(admins.Items[0]) : result;
            })),
        Defect.In<UserChangeCases>(
            "the last admin read and then removed",
            nameof(UserChangeCases.UpdateUser_TwoAdminsRemovingEachOther_OneStays),
            LastAdminReadThenRemoved),
        Defect.In<UserChangeCases>("a change half done", nameof(UserChangeCases.UpdateUser_OneGroupMissing_ChangesNothing), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                if (result.Status == WriteStatus.GroupMissing)
                {
                    await call.With<UserChange>(c => c with { GroupIds = null }).RealAsync<WriteResult<UserDetails>>();
                }

                return result;
            })),
        Defect.In<UserChangeCases>("groups added instead of replaced", nameof(UserChangeCases.UpdateUser_Groups_AreReplacedAsAWhole), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var old = await set.Real.Groups.ListOfUserAsync(call.Arg<long>(), call.Ct);
                return await call.With<UserChange>(c => c with { GroupIds = [.. old.Select(g => g.Id).Union(c.GroupIds ?? [])] })
                    .RealAsync<WriteResult<UserDetails>>();
            })),
        Defect.In<UserChangeCases>(
            "a group added in place of the others", nameof(UserChangeCases.UpdateUser_GroupsAddedAndRemoved_LeavesTheOthers), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), call => call
                .With<UserChange>(
                    c => c.AddGroupIds is { Count: > 0 } added ? c with { GroupIds = added, AddGroupIds = null, RemoveGroupIds = null } : c)
                .RealAsync<WriteResult<UserDetails>>())),
        Defect.In<UserChangeCases>(
            "a missing group left out of those removed",
            nameof(UserChangeCases.UpdateUser_OneAddedOrRemovedGroupMissing_ChangesNothing),
            set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<UserDetails>>();
                return result.Status == WriteStatus.GroupMissing
                    ? await call.With<UserChange>(c => c with { RemoveGroupIds = null }).RealAsync<WriteResult<UserDetails>>()
                    : result;
            })),
        Defect.In<UserChangeCases>(
            "groups read and then written as a whole", nameof(UserChangeCases.UpdateUser_GroupsAddedByManyAtOnce_AreAllThere), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
            {
                var old = await set.Real.Groups.ListOfUserAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                return await call.With<UserChange>(
                    c => c with { GroupIds = [.. old.Select(g => g.Id).Union(c.AddGroupIds ?? [])], AddGroupIds = null })
                    .RealAsync<WriteResult<UserDetails>>();
            })),
        Defect.In<UserChangeCases>(
            "sessions that outlive disabling", nameof(UserChangeCases.UpdateUser_Disabling_EndsTheSessionsForGood), SessionsCached),
        Defect.In<LoginCases>("a login that races past disabling", nameof(LoginCases.LogIn_AgainstDisabling_LeavesNoSession), set =>
            set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
            {
                var active = (await set.Real.Users.FindAsync(call.Arg<long>(), call.Ct))?.IsActive;
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<AccountLogin>>();
                if (result.IsDone || active != true)
                {
                    return result;
                }

                // A session beside a disabled account: enabled for the moment of the write.
                var now = call.Arg<NewSession>().CreatedAt;
                await set.Real.Accounts.TryUpdateUserAsync(
                    call.Arg<long>(), new UserChange { IsActive = true }, now, call.Arg<AuthorizedWrite>(), call.Ct);
                return await call.RealAsync<WriteResult<AccountLogin>>();
            })),
        Defect.In<PasswordCases>(
            "a changed password that ends this session too",
            nameof(PasswordCases.ChangePassword_HashStillTheSame_KeepsThisSessionAndTheTokensOnly),
            set =>
            set.Break<IAccountStore,
            WriteStatus>(nameof(IAccountStore.TryChangePasswordAsync), call => call.WithAt(3, 0L).RealAsync<WriteStatus>())),
        Defect.In<PasswordCases>(
            "a changed password that ends no session",
            nameof(PasswordCases.ChangePassword_HashStillTheSame_KeepsThisSessionAndTheTokensOnly),
            set =>
            set.Break<IAccountStore, WriteStatus>(nameof(IAccountStore.TryChangePasswordAsync), async call =>
            {
                HideForgotten(set);
                return await set.Real.Users.TryRehashAsync(call.Arg<long>(), call.ArgAt<string>(1)!, call.ArgAt<string>(2)!, call.Ct)
                    && (await set.Real.Settings.ReadAsync(call.Ct)).Count == 0
                    && await AppendAsync(set, call) ? WriteStatus.Done : WriteStatus.Conflict;
            })),
        Defect.In<PasswordCases>(
            "a changed password without its guard", nameof(PasswordCases.ChangePassword_HashChangedMeanwhileOrUnknownUser_IsRefused), set =>
            set.Break<IAccountStore, WriteStatus>(nameof(IAccountStore.TryChangePasswordAsync), async call =>
                await call.WithAt(1, (await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct))?.PasswordHash)
                    .RealAsync<WriteStatus>())),
        Defect.In<PasswordCases>(
            "a set password that keeps the tokens", nameof(PasswordCases.SetPassword_KnownUser_EndsEverythingAndUnlocks), set =>
            set.Break<IAccountStore, WriteStatus>(
                nameof(IAccountStore.TrySetPasswordAsync), async call => await set.Real.Accounts.TryChangePasswordAsync(
                call.Arg<long>(),
                (await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct))?.PasswordHash ?? "",
                call.Arg<string>(),
                0,
                call.Arg<AuthorizedWrite>(),
                call.Ct))),
        Defect.In<PasswordCases>(
            "a change that is required after it was made", nameof(
                PasswordCases.MustChange_OnceSet_LastsUntilAnotherPasswordIsChosen), set =>
            set.Break<IAccountStore, WriteStatus>(nameof(IAccountStore.TryChangePasswordAsync), async call =>
            {
                var result = await call.RealAsync<WriteStatus>();
                await set.Real.Accounts.TryUpdateUserAsync(
                    call.Arg<long>(),
                    new UserChange { MustChangePassword = true },
                    call.Arg<AuthorizedWrite>().Audit.At,
                    Plain(call.Arg<AuthorizedWrite>().Audit with { OperationId = Guid.Empty }),
                    call.Ct);
                return result;
            })),
        Defect.In<PasswordCases>(
            "a user without the code", nameof(PasswordCases.CreateUser_WithACode_SetsTheFirstPasswordByIt), set =>
            set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryCreateUserAsync), call =>
                call.With<NewUser>(user => user with { PasswordCode = null }).RealAsync<WriteResult<UserDetails>>())),
        Defect.In<PasswordCases>(
            "a reset code that works twice", nameof(PasswordCases.ResetPassword_WithItsCode_EndsEverythingAndUsesTheCodeUp), CodeNotUsedUp),
        Defect.In<PasswordCases>("a reset code that many may use", nameof(PasswordCases.ResetPassword_ManyAtOnce_OneWins), CodeNotUsedUp),
        Defect.In<PasswordCases>(
            "a reset code alive at its expiry", nameof(PasswordCases.ResetPassword_UnknownUsedExpiredOrOfAnotherPurpose_IsLost), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryResetPasswordAsync), call =>
                call.With<DateTimeOffset>(now => now.AddMicroseconds(-1)).RealAsync<WriteResult<User>>())),
        Defect.In<UserDeletionCases>(
            "a deletion that takes the audit log along", nameof(UserDeletionCases.DeleteUser_WithAuditEntries_KeepsThemUnchanged), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                await set.Real.Audit.PruneAsync(call.Arg<AuthorizedWrite>().Audit.At, call.Ct);
                return await call.RealAsync<WriteResult<User>>();
            })),
        Defect.In<UserDeletionCases>(
            "a deletion that leaves the sessions",
            nameof(UserDeletionCases.DeleteUser_WithEverything_TakesAllThatIsTheirs),
            SessionsCached),
        Defect.In<UserDeletionCases>(
            "a deletion that decides what was pending", nameof(UserDeletionCases.DeleteUser_WithApprovals_KeepsThemWithTheName), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                var query = new ApprovalQuery { SubmitterId = call.Arg<long>(), Page = new PageRequest(9) };
                foreach (var approval in (await set.Real.Approvals.ListAsync(query, call.Ct)).Items)
                {
                    var decision =
                        new ApprovalDecision
                        {
                            Status = ApprovalStatus.Withdrawn,
                            DecidedBy = "_system",
                            DecidedAt = call.Arg<AuthorizedWrite>().Audit.At,
                        };
                    await set.Real.Approvals.TryDecideAsync(approval.Task.TaskId, decision, null, call.Arg<AuthorizedWrite>(), call.Ct);
                }

                return await call.RealAsync<WriteResult<User>>();
            })),
        Defect.In<UserDeletionCases>("a deletion that many win", nameof(UserDeletionCases.DeleteUser_ManyAtOnce_OneWins), set =>
            set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryDeleteUserAsync), async call =>
            {
                var user = await set.Real.Users.FindAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<User>>();
                return result.IsDone || user is null ? result : WriteResult<User>.Done(user);
            })),
    ];

    private static async Task<bool> AppendAsync(BrokenStoreSet set, Call call)
    {
        await set.Real.Audit.AppendAsync(call.Arg<AuthorizedWrite>().Audit, call.Ct);
        return true;
    }

    private static void LastAdminReadThenRemoved(BrokenStoreSet set)
    {
        set.Break<IAccountStore, WriteResult<UserDetails>>(nameof(IAccountStore.TryUpdateUserAsync), async call =>
        {
            var query = new UserQuery { Role = Role.Admin, IsActive = true, Page = new PageRequest(9) };
            var admins = await set.Real.Users.ListAsync(query, call.Arg<DateTimeOffset>(), call.Ct);
            await OthersReadTooAsync(set);
            var result = await call.RealAsync<WriteResult<UserDetails>>();
            return result.Status == WriteStatus.LastAdmin && admins.Total > 1 ? WriteResult<UserDetails>.Done(admins.Items[0]) : result;
        });
    }

    /// <summary>Look-ups answer from what they knew at the login.</summary>
    internal static void SessionsCached(BrokenStoreSet set)
    {
        set.Break<IAccountStore, WriteResult<AccountLogin>>(nameof(IAccountStore.TryLogInAsync), async call =>
        {
            var result = await call.RealAsync<WriteResult<AccountLogin>>();
            if (result.Value is { } login)
            {
                set.Memory[call.Arg<NewSession>().Hash] =
                    new CredentialRecord { Session = login.Session, User = login.User.User, GroupIds = [] };
            }

            return result;
        });
        set.Break<ISessionStore, CredentialRecord?>(nameof(ISessionStore.FindAsync), async call =>
            await call.RealAsync<CredentialRecord?>() ?? (CredentialRecord?)set.Memory.GetValueOrDefault(call.Arg<SecretHash>()));
    }

    private static void CodeNotUsedUp(BrokenStoreSet set) =>
        set.Break<IAccountStore, WriteResult<User>>(nameof(IAccountStore.TryResetPasswordAsync), async call =>
        {
            var code = await set.Real.Codes.FindAsync(call.Arg<SecretHash>(), call.Ct);
            var result = await call.RealAsync<WriteResult<User>>();
            if (result.IsDone && code is not null)
            {
                await set.Real.Codes.TryReplaceAsync(
                    code, Plain(call.Arg<AuthorizedWrite>().Audit with { OperationId = Guid.Empty }), call.Ct);
            }

            return result;
        });
}
