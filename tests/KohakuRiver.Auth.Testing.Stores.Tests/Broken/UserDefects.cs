using System.Globalization;
using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class UserDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<UserCases>("case-sensitive user names", nameof(UserCases.FindPassword_OtherCase_FindsTheUser), set =>
            set.Break<IUserStore, PasswordRecord?>(nameof(IUserStore.FindPasswordAsync), async call =>
            {
                var record = await call.RealAsync<PasswordRecord?>();
                return call.ArgAt<object>(0) is string name && record?.User.Username != name ? null : record;
            })),
        Defect.In<UserCases>("user names compared by culture", nameof(UserCases.FindPassword_TurkishCulture_StillIgnoresCase), set =>
            set.Break<IUserStore, PasswordRecord?>(nameof(IUserStore.FindPasswordAsync), async call =>
            {
                var record = await call.RealAsync<PasswordRecord?>();
                return call.ArgAt<object>(0) is string name
                    && CultureInfo.CurrentCulture.CompareInfo.Compare(record?.User.Username, name, CompareOptions.IgnoreCase) != 0
                    ? null
                    : record;
            })),
        Defect.In<UserCases>("user names trimmed", nameof(UserCases.FindPassword_NearlyTheName_GivesNull), set =>
            set.Break<IUserStore, PasswordRecord?>(nameof(IUserStore.FindPasswordAsync), call =>
                (call.ArgAt<object>(0) is string ? call.With<string>(n => n.Trim()) : call).RealAsync<PasswordRecord?>())),
        Defect.In<UserListCases>("no ids taken for all users", nameof(UserListCases.List_ByIds_GivesThoseThereAreInOrder), set =>
            set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), call =>
                call.With<UserQuery>(q => q.Ids is { Count: 0 } ? q with { Ids = null } : q).RealAsync<Page<UserDetails>>())),
        Defect.In<UserListCases>(
            "user search by pattern",
            nameof(UserListCases.List_Search_FindsAPartOfANameWithoutCaseAndAccents),
            set => set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), call =>
                call.With<UserQuery>(q => q.Search == "%" ? q with { Search = null } : q).RealAsync<Page<UserDetails>>()),
            "%",
            new[] { "percent" }),
        Defect.In<UserListCases>(
            "user search that ignores the case of ASCII only",
            nameof(UserListCases.List_Search_FindsAPartOfANameWithoutCaseAndAccents),
            set => OnlyFound(set, (search, user) =>
                search.All(char.IsAscii) || user.DisplayName.Contains(search, StringComparison.Ordinal)),
            "ÄRGER",
            new[] { "grumpier", "grumpy" }),
        Defect.In<UserListCases>(
            "user search by the start",
            nameof(UserListCases.List_Search_FindsAPartOfANameWithoutCaseAndAccents),
            set => OnlyFound(set, (search, user) => user.Username.StartsWith(search, StringComparison.OrdinalIgnoreCase)
                || user.DisplayName.StartsWith(search, StringComparison.OrdinalIgnoreCase)),
            "side",
            new[] { "riverside" }),
        Defect.In<UserListCases>(
            "user search by the name of before",
            nameof(UserListCases.List_SearchAfterARename_FindsTheNewNameAndTheUsername),
            set => OnlyFound(set, (search, _) => search != "spater")),
        Defect.In<UserListCases>(
            "users paged by row number",
            nameof(UserListCases.List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce),
            set => set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), call =>
                ByRowNumberAsync(call.Arg<UserQuery>().Page,
                    p => call.With<UserQuery>(q => q with { Page = p }).RealAsync<Page<UserDetails>>())),
            UserSort.CreatedAt),
        Defect.In<UserListCases>(
            "users sorted by name with regard to case",
            nameof(UserListCases.List_EachSort_PagesThroughAllOnceInBothDirections),
            set => set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), async call =>
            {
                var page = await call.RealAsync<Page<UserDetails>>();
                return page with { Items = [.. page.Items.OrderBy(u => u.User.Username, StringComparer.Ordinal)] };
            }),
            UserSort.Username,
            "Alpha,Bravo,charlie,delta,echo"),
        Defect.In<UserListCases>(
            "a cursor that does not name its order", nameof(UserListCases.List_Cursor_NamesItsOrderAndSurvivesItsWrittenForm), set =>
            set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), async call =>
            {
                var page = await call.RealAsync<Page<UserDetails>>();
                return page with { Next = page.Next is { } next ? next with { Order = "created_at" } : null };
            })),
        Defect.In<UserCases>("creation times cut to milliseconds", nameof(UserCases.Find_NewUser_GivesWhatWasWritten), set =>
            set.Break<IUserStore, User?>(nameof(IUserStore.FindAsync), async call =>
                await call.RealAsync<User?>() is { } user ? user with { CreatedAt = Milliseconds(user.CreatedAt) } : null)),
        Defect.In<UserCases>(
            "sessions counted that expire at this instant",
            nameof(UserCases.FindDetails_UserInGroups_ListsThemByNameAndCountsLivingSessions),
            set =>
            set.Break<IUserStore, UserDetails?>(nameof(IUserStore.FindDetailsAsync), call =>
                call.With<DateTimeOffset>(now => now.AddMicroseconds(-1)).RealAsync<UserDetails?>())),
        Defect.In<LockoutCases>(
            "login failures read and then written", nameof(LockoutCases.CountLoginAttempt_ManyAtOnce_OnlyTheThresholdPasses), set =>
            set.Break<IUserStore, bool>(nameof(IUserStore.TryCountLoginAttemptAsync), async call =>
            {
                var user = await set.Real.Users.FindAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                return await call.RealAsync<bool>() || user is { LockedUntil: null };
            })),
        Defect.In<LockoutCases>(
            "a pause that ends a moment late",
            nameof(LockoutCases.CountLoginAttempt_PauseJustOver_PassesOnceAndDoublesThePauseUpToTheLongest),
            set =>
            set.Break<IUserStore, bool>(nameof(IUserStore.TryCountLoginAttemptAsync), async call =>
                (await set.Real.Users.FindAsync(call.Arg<long>(), call.Ct))?.LockedUntil != call.Arg<DateTimeOffset>()
                    && await call.RealAsync<bool>())),
        Defect.In<LockoutCases>(
            "locked until and with the instant", nameof(LockoutCases.ListLocked_AtAnInstant_GivesThoseLockedThenLongestFirst), set =>
            set.Break<IUserStore, IReadOnlyList<User>>(nameof(IUserStore.ListLockedAsync), call =>
                call.With<DateTimeOffset>(now => now.AddMicroseconds(-1)).RealAsync<IReadOnlyList<User>>())),
        Defect.In<LockoutCases>(
            "failures counted while locked", nameof(LockoutCases.CountLoginAttempt_WhileLocked_IsRefusedAndNotCounted), set =>
            set.Break<IUserStore, bool>(nameof(IUserStore.TryCountLoginAttemptAsync), async call =>
                await call.RealAsync<bool>()
                || ((await set.Real.Users.TryCountLoginAttemptAsync(call.Arg<long>(), call.Arg<LockoutPolicy>(),
                    DateTimeOffset.MaxValue.AddDays(-9), call.Ct)) && false))),
        Defect.In<UserCases>("a rehash without its guard", nameof(UserCases.Rehash_HashChangedMeanwhileOrUnknownUser_IsRefused), set =>
            set.Break<IUserStore, bool>(nameof(IUserStore.TryRehashAsync), async call =>
                await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct) is { } now
                    && await call.WithAt(1, now.PasswordHash).RealAsync<bool>())),
        Defect.In<UserCases>(
            "a rehash that reads and then writes", nameof(UserCases.Rehash_AgainstASetPassword_NeverBringsTheOldPasswordBack), set =>
            set.Break<IUserStore, bool>(nameof(IUserStore.TryRehashAsync), async call =>
            {
                var before = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                await OthersReadTooAsync(set);
                var now = await set.Real.Users.FindPasswordAsync(call.Arg<long>(), call.Ct);
                return before?.PasswordHash == call.Arg<string>() && await call.WithAt(1, now?.PasswordHash).RealAsync<bool>();
            })),
        Defect.In<LockoutCases>("an unlock without audit", nameof(LockoutCases.Unlock_LockedUser_SetsTheCountBack), set =>
            WithoutAudit<IUserStore, WriteStatus>(set, nameof(IUserStore.TryUnlockAsync))),
        Defect.In<LockoutCases>("an unlock audited for nobody", nameof(LockoutCases.Unlock_UnknownUser_IsRefused), set =>
            WithAuditAnyway<IUserStore, WriteStatus>(set, nameof(IUserStore.TryUnlockAsync))),
    ];

    // A search that leaves some of those out whom it should find.
    private static void OnlyFound(BrokenStoreSet set, Func<string, User, bool> isFound) =>
        set.Break<IUserStore, Page<UserDetails>>(nameof(IUserStore.ListAsync), async call =>
        {
            var page = await call.RealAsync<Page<UserDetails>>();
            return call.Arg<UserQuery>().Search is { Length: > 0 } search
                ? page with { Items = [.. page.Items.Where(u => isFound(search, u.User))] }
                : page;
        });
}
