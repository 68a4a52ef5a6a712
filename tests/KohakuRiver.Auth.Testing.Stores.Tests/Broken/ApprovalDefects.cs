using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.Tests.Broken.Defects;

namespace KohakuRiver.Auth.Testing.Stores.Tests.Broken;

internal static class ApprovalDefects
{
    internal static IEnumerable<Defect> All =>
    [
        Defect.In<DecisionCases>(
            "a decision read and then written", nameof(DecisionCases.Decide_ApproveRejectAndWithdrawAtOnce_OneWins), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), async call =>
            {
                var before = await set.Real.Approvals.FindAsync(call.Arg<string>(), call.Ct);
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<Approval>>();
                return result.Status == WriteStatus.Conflict && before is { Status: ApprovalStatus.Pending }
                    ? WriteResult<Approval>.Done(before)
                    : result;
            })),
        Defect.In<DecisionCases>("a decision about anybody's task", nameof(DecisionCases.Decide_OnlyTheSubmitters_LeavesOthersAlone), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), call =>
                call.WithAt(2, null).RealAsync<WriteResult<Approval>>())),
        Defect.In<DecisionCases>(
            "a decision without its reason",
            nameof(DecisionCases.Decide_Pending_RecordsTheDecision),
            set => set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), call =>
                call.With<ApprovalDecision>(d => d with { Reason = null }).RealAsync<WriteResult<Approval>>()),
            ApprovalStatus.Rejected,
            "größer als erlaubt \U0001F30A"),
        Defect.In<ApprovalCases>("task ids regardless of case", nameof(ApprovalCases.Add_TaskIdsDifferInCase_AreDifferentTasks), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryAddAsync), call => call.With<NewApproval>(a =>
                a with { Task = a.Task with { TaskId = a.Task.TaskId.ToUpperInvariant() } }).RealAsync<WriteResult<Approval>>())),
        Defect.In<ApprovalCases>("arguments joined", nameof(ApprovalCases.Add_WithEverything_GivesWhatWasWritten), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryAddAsync), call => call.With<NewApproval>(a =>
                a with { Task = a.Task with { Arguments = string.Join(' ', a.Task.Arguments).Split(' ') } })
                .RealAsync<WriteResult<Approval>>())),
        Defect.In<DeliveryCases>("a lease without a hold", nameof(DeliveryCases.Lease_Held_ComesAgainAtTheEndOfTheHold), LeaseWithoutHold),
        Defect.In<DeliveryCases>("leases that many hold", nameof(DeliveryCases.Lease_ManyAtOnce_EachIsHeldByOne), LeaseWithoutHold),
        Defect.In<DeliveryCases>(
            "a decision whose hold is forgotten",
            nameof(DeliveryCases.Decide_WithAHold_IsHeldByTheDecider),
            set => set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), call =>
                call.With<ApprovalDecision>(d => d with { HoldUntil = null }).RealAsync<WriteResult<Approval>>()),
            ApprovalStatus.Rejected),
        Defect.In<DeliveryCases>(
            "a hold that comes after the decision", nameof(DeliveryCases.Lease_BesideADecisionWithAHold_GetsNothing), HoldAfterDecision),
        Defect.In<DeliveryCases>("the newest decision first", nameof(DeliveryCases.Lease_DecidedOnes_ComeOldestDecisionFirst), set =>
            set.Break<IApprovalStore, IReadOnlyList<Approval>>(nameof(IApprovalStore.LeaseUndeliveredAsync), async call =>
                [.. (await call.RealAsync<IReadOnlyList<Approval>>()).Reverse()])),
        Defect.In<DeliveryCases>("the oldest submission first", nameof(DeliveryCases.Lease_DecidedOnes_ComeOldestDecisionFirst), set =>
            set.Break<IApprovalStore, IReadOnlyList<Approval>>(nameof(IApprovalStore.LeaseUndeliveredAsync), async call =>
                [.. (await call.RealAsync<IReadOnlyList<Approval>>()).OrderBy(a => a.Id)])),
        Defect.In<DeliveryCases>("a failed delivery due at once", nameof(DeliveryCases.MarkDeliveryFailed_Held_IsDueAtTheNextTry), set =>
            set.Break<IApprovalStore>(nameof(IApprovalStore.MarkDeliveryFailedAsync), call =>
                (Task)call.With<DateTimeOffset>(_ => DateTimeOffset.UnixEpoch).Real()!)),
        Defect.In<DeliveryCases>("delivery noted the last time", nameof(DeliveryCases.MarkDelivered_Twice_TheFirstCounts), set =>
        {
            set.Break<IApprovalStore>(nameof(IApprovalStore.MarkDeliveredAsync), call =>
            {
                set.Memory[call.Arg<string>()] = call.Arg<DateTimeOffset>();
                return (Task)call.Real()!;
            });
            set.Break<IApprovalStore, Approval?>(nameof(IApprovalStore.FindAsync), async call =>
                await call.RealAsync<Approval?>() is { } found && set.Memory.GetValueOrDefault(found.Task.TaskId) is DateTimeOffset at
                    ? found with { DeliveredAt = at }
                    : null);
        }),
        Defect.In<DeliveryCases>(
            "a backlog of what is due only", nameof(DeliveryCases.ReadBacklog_AsDecisionsAreTaken_CountsTheUndelivered), set =>
            set.Break<IApprovalStore, DeliveryBacklog>(nameof(IApprovalStore.ReadBacklogAsync), async call =>
                await call.RealAsync<DeliveryBacklog>() is { Count: > 0 } backlog
                    ? backlog with { Count = backlog.Count - 1 }
                    : new DeliveryBacklog(0, null))),
        Defect.In<ApprovalCases>(
            "approvals paged by row number", nameof(ApprovalCases.List_RowsComeBetweenPages_ShowsEachOldRowOnce), set =>
            set.Break<IApprovalStore, Page<Approval>>(nameof(IApprovalStore.ListAsync), call =>
                ByRowNumberAsync(call.Arg<ApprovalQuery>().Page,
                    p => call.With<ApprovalQuery>(q => q with { Page = p }).RealAsync<Page<Approval>>()))),
        Defect.In<RetentionCases>(
            "secret details kept with their values", nameof(RetentionCases.Add_WithSecretDetails_KeepsTheirNamesAndNoValue), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryAddAsync), call =>
                call.With<NewApproval>(a => a with { Task = a.Task with { SecretDetails = [] } }).RealAsync<WriteResult<Approval>>())),
        Defect.In<RetentionCases>(
            "content removed at the limit", nameof(RetentionCases.RemoveContent_PendingUndeliveredOrYoung_IsLeftAlone), set =>
            set.Break<IApprovalStore, int>(nameof(IApprovalStore.RemoveContentAsync), call =>
                call.With<DateTimeOffset>(b => b.AddMicroseconds(1)).RealAsync<int>())),
        Defect.In<RetentionCases>(
            "content removed again and again", nameof(RetentionCases.RemoveContent_OfATaskWithoutAny_IsMarkedOnce), set =>
            set.Break<IApprovalStore,
            int>(nameof(IApprovalStore.RemoveContentAsync), async call => Math.Max(1, await call.RealAsync<int>()))),
        Defect.In<RetentionCases>(
            "content removed with the reason",
            nameof(RetentionCases.RemoveContent_DecidedAndDelivered_KeepsWhoWhenAndWhat),
            set => set.Break<IApprovalStore, Approval?>(nameof(IApprovalStore.FindAsync), async call =>
                await call.RealAsync<Approval?>() is { } found ? found with { Reason = found.ContentRemoved ? null : found.Reason } : null),
            ApprovalStatus.Rejected),
        Defect.In<ApprovalCases>("a submission that many record", nameof(ApprovalCases.Add_TheSameTaskManyTimesAtOnce_OneWins), set =>
            set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryAddAsync), async call =>
            {
                var before = await set.Real.Approvals.FindAsync(call.Arg<NewApproval>().Task.TaskId, call.Ct);
                await OthersReadTooAsync(set);
                var result = await call.RealAsync<WriteResult<Approval>>();
                return before is null && result.Status == WriteStatus.NameTaken
                    ? WriteResult<Approval>.Done((await set.Real.Approvals.FindAsync(call.Arg<NewApproval>().Task.TaskId, call.Ct))!)
                    : result;
            })),
    ];

    private static void LeaseWithoutHold(BrokenStoreSet set) =>
        set.Break<IApprovalStore, IReadOnlyList<Approval>>(nameof(IApprovalStore.LeaseUndeliveredAsync), async call =>
        {
            var leased = await call.RealAsync<IReadOnlyList<Approval>>();
            foreach (var approval in leased)
            {
                await set.Real.Approvals.MarkDeliveryFailedAsync(approval.Task.TaskId, call.Arg<DateTimeOffset>(), call.Ct);
            }

            return leased;
        });

    private static void HoldAfterDecision(BrokenStoreSet set)
    {
        set.Break<IApprovalStore, WriteResult<Approval>>(nameof(IApprovalStore.TryDecideAsync), async call =>
        {
            var result = await call.With<ApprovalDecision>(d => d with { HoldUntil = null }).RealAsync<WriteResult<Approval>>();
            var decision = call.Arg<ApprovalDecision>();

            // Whoever leases meets one of the two of them here: the decision is written, and nobody holds it yet.
            await OthersReadTooAsync(set);
            await set.Real.Approvals.LeaseUndeliveredAsync(9, decision.DecidedAt, decision.HoldUntil ?? default, call.Ct);
            return result;
        });
        set.Break<IApprovalStore, IReadOnlyList<Approval>>(nameof(IApprovalStore.LeaseUndeliveredAsync), async call =>
        {
            await OthersReadTooAsync(set);
            return await call.RealAsync<IReadOnlyList<Approval>>();
        });
    }
}
