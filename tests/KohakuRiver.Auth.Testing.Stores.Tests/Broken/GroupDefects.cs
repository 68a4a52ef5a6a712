using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class GroupDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<GroupCases>("a limit set in place of the others", nameof(GroupCases.Update_LimitsSetAndRemoved_LeavesTheOthers), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryUpdateAsync), call =>
                call.With<GroupChange>(
                    c => c.SetLimits is { } limits ? c with { Limits = limits, SetLimits = null, RemoveLimits = null } : c)
                    .RealAsync<WriteResult<Group>>())),
        Defect.In<GroupCases>("limits read and then written as a whole", nameof(GroupCases.Update_LimitsSetByManyAtOnce_AreAllThere), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryUpdateAsync), async call =>
            {
                var old = (await set.Real.Groups.FindAsync(call.Arg<long>(), call.Ct))!.Limits;
                await OthersReadTooAsync(set);
                return await call.With<GroupChange>(c => c with { Limits = c.ApplyTo(old), SetLimits = null })
                    .RealAsync<WriteResult<Group>>();
            })),
        Defect.In<GroupCases>(
            "group names that ignore the case of ASCII only",
            nameof(GroupCases.Create_NameTakenInOtherCase_IsLost),
            AsciiOnly,
            "Äpfel",
            "äPFEL"),
        Defect.In<GroupCases>("group names without accents", nameof(GroupCases.Create_AccentsDiffer_AreDifferentNames), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryCreateAsync), call =>
                call.With<NewGroup>(g => g with { Name = g.Name.Replace('Ä', 'A') }).RealAsync<WriteResult<Group>>())),
        Defect.In<GroupCases>("a group's own name taken from itself", nameof(GroupCases.Update_OwnNameInOtherCase_IsDone), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryUpdateAsync), async call =>
            {
                var groups = await set.Real.Groups.ListAsync(new PageRequest(99), call.Ct);
                return groups.Items.Any(g => string.Equals(g.Name, call.Arg<GroupChange>().Name, StringComparison.OrdinalIgnoreCase))
                    ? WriteResult<Group>.Lost(WriteStatus.NameTaken)
                    : await call.RealAsync<WriteResult<Group>>();
            })),
        Defect.In<GroupCases>("limits merged instead of replaced", nameof(GroupCases.Update_SomeFields_LeavesTheOthers), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryUpdateAsync), async call =>
            {
                var old = await set.Real.Groups.FindAsync(call.Arg<long>(), call.Ct);
                return await call.With<GroupChange>(c => c.Limits is null || old is null
                    ? c
                    : c with { Limits = old.Limits.Concat(c.Limits).ToDictionary(StringComparer.Ordinal) }).RealAsync<WriteResult<Group>>();
            })),
        Defect.In<GroupCases>("small limits only", nameof(GroupCases.Create_WithLimits_GivesWhatWasWritten), set =>
            set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryCreateAsync), call => call.With<NewGroup>(g =>
                g with { Limits = g.Limits.ToDictionary(l => l.Key, l => (long)(int)l.Value, StringComparer.Ordinal) })
                .RealAsync<WriteResult<Group>>())),
        Defect.In<GroupCases>("groups in the order of joining", nameof(GroupCases.ListOfUser_SeveralGroups_IsByNameRegardlessOfCase), set =>
            set.Break<IGroupStore, IReadOnlyList<Group>>(nameof(IGroupStore.ListOfUserAsync), async call =>
                [.. (await call.RealAsync<IReadOnlyList<Group>>()).OrderBy(g => g.Id)])),
        Defect.In<MembershipCases>(
            "a group deleted for nobody and audited", nameof(MembershipCases.Delete_UnknownOrDeleted_IsRefusedAndTheIdNeverReused), set =>
            WithAuditAnyway<IGroupStore, WriteStatus>(set, nameof(IGroupStore.TryDeleteAsync))),
        Defect.In<MembershipCases>(
            "a group deleted with its members' assignments kept",
            nameof(MembershipCases.Delete_WithEverything_TakesAllThatHangsOnIt),
            set =>
            set.Break<IGroupStore, WriteStatus>(nameof(IGroupStore.TryDeleteAsync), async call =>
            {
                var members = await set.Real.Users.ListAsync(
                    new UserQuery { GroupId = call.Arg<long>(), Page = new PageRequest(99) }, call.Arg<AuthorizedWrite>().Audit.At,
                    call.Ct);
                var done = await call.RealAsync<WriteStatus>();
                await set.Real.VpsAssignments.TryAssignAsync(
                    "vps-b", [.. members.Items.Select(m => m.User.Id)], [], call.Arg<AuthorizedWrite>().Audit.At,
                    Plain(call.Arg<AuthorizedWrite>().Audit with { OperationId = Guid.Empty }), call.Ct);
                return done;
            })),
        Defect.In<MembershipCases>("a member added to nothing", nameof(MembershipCases.AddMember_GroupOrUserMissing_IsLost), set =>
            set.Break<IGroupStore, WriteStatus>(nameof(IGroupStore.TryAddMemberAsync), async call =>
                await call.RealAsync<WriteStatus>() == WriteStatus.Done ? WriteStatus.Done : WriteStatus.NotFound)),
        Defect.In<MembershipCases>(
            "a member added twice is an error", nameof(MembershipCases.AddMember_TheSameManyTimesAtOnce_IsOneMembership), set =>
            set.Break<IGroupStore, WriteStatus>(nameof(IGroupStore.TryAddMemberAsync), async call =>
                (await set.Real.Groups.ListOfUserAsync(call.ArgAt<long>(1), call.Ct)).Any(g => g.Id == call.Arg<long>())
                    ? WriteStatus.Conflict
                    : await call.RealAsync<WriteStatus>())),
        Defect.In<InvitationCases>(
            "used up invitations held against the limit", nameof(InvitationCases.Create_LimitReached_CountsOnlyOpenOnes), set =>
            set.Break<IInvitationStore, WriteResult<Invitation>>(nameof(IInvitationStore.TryCreateAsync), async call =>
                (await set.Real.Invitations.ListAsync(null, new PageRequest(1), call.Ct)).Total >= call.Arg<NewInvitation>().Limit
                    ? WriteResult<Invitation>.Lost(WriteStatus.LimitReached)
                    : await call.RealAsync<WriteResult<Invitation>>())),
        Defect.In<InvitationCases>(
            "an invitation limit read and then relied on", nameof(InvitationCases.Create_ManyAtTheLimit_OnlySoManyWin), set =>
            set.Break<IInvitationStore, WriteResult<Invitation>>(nameof(IInvitationStore.TryCreateAsync), async call =>
            {
                var held = (await set.Real.Invitations.ListAsync(null, new PageRequest(1), call.Ct)).Total;
                await OthersReadTooAsync(set);
                return await call.With<NewInvitation>(i => i with { Limit = held < i.Limit ? 10_000 : i.Limit })
                    .RealAsync<WriteResult<Invitation>>();
            })),
        Defect.In<InvitationCases>("a maker that need not exist", nameof(InvitationCases.Create_GroupOrMakerMissing_IsLost), set =>
            set.Break<IInvitationStore, WriteResult<Invitation>>(nameof(IInvitationStore.TryCreateAsync), async call =>
            {
                var result = await call.RealAsync<WriteResult<Invitation>>();
                return result.Status == WriteStatus.UserMissing
                    ? await call.With<NewInvitation>(i => i with { CreatedById = null }).RealAsync<WriteResult<Invitation>>()
                    : result;
            })),
        Defect.In<InvitationCases>("used up invitations not found", nameof(InvitationCases.Find_UsedUpOrExpired_IsReturnedToo), set =>
            set.Break<IInvitationStore, Invitation?>(nameof(IInvitationStore.FindAsync), async call =>
                await call.RealAsync<Invitation?>() is { RemainingUses: > 0 } open ? open : null)),
        Defect.In<InvitationCases>(
            "invitations paged by row number", nameof(InvitationCases.List_RowsComeAndGoBetweenPages_ShowsEachOldRowOnce), set =>
            set.Break<IInvitationStore, Page<Invitation>>(nameof(IInvitationStore.ListAsync), call =>
                ByRowNumberAsync(call.Arg<PageRequest>(), p => call.With<PageRequest>(_ => p).RealAsync<Page<Invitation>>()))),
        Defect.In<InvitationCases>(
            "an invitation prune that ignores the instant",
            nameof(InvitationCases.Prune_BeforeTheGivenInstant_RemovesWhatExpiredEarlier),
            set =>
            set.Break<IInvitationStore,
            int>(nameof(IInvitationStore.PruneAsync), call => call.With<DateTimeOffset>(_ => DateTimeOffset.MaxValue).RealAsync<int>())),
        Defect.In<InvitationCases>(
            "an invitation revoked without audit", nameof(InvitationCases.Revoke_Known_IsGoneAndItsIdNeverReused), set =>
            WithoutAudit<IInvitationStore, WriteStatus>(set, nameof(IInvitationStore.TryRevokeAsync))),
    ];

    private static void AsciiOnly(BrokenStoreSet set) =>
        set.Break<IGroupStore, WriteResult<Group>>(nameof(IGroupStore.TryCreateAsync), async call =>
        {
            var result = await call.RealAsync<WriteResult<Group>>();
            return result.Status == WriteStatus.NameTaken && !call.Arg<NewGroup>().Name.All(char.IsAscii)
                ? await call.With<NewGroup>(g => g with { Name = g.Name + '\u200b' }).RealAsync<WriteResult<Group>>()
                : result;
        });
}
