using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The one decision about a submission.</summary>
[Subject("Approvals")]
internal sealed class DecisionCases : TaskCases
{
    [Case(ApprovalStatus.Approved, null)]
    [Case(ApprovalStatus.Rejected, "größer als erlaubt \U0001F30A")]
    [Case(ApprovalStatus.Withdrawn, null)]
    public async Task Decide_Pending_RecordsTheDecision(ApprovalStatus status, string? reason)
    {
        var decider = await MakeUserAsync(null, Role.Operator);
        var pending = await MakeApprovalAsync(await MakeUserAsync());
        await MakeApprovalAsync();
        var decision = DraftDecision(status, decider, reason);
        var decided = await WritesAsync(e => Stores.Approvals.TryDecideAsync(pending.Task.TaskId, decision, null, e, Ct));
        foreach (var approval in new[] { decided, await Stores.Approvals.FindAsync(pending.Task.TaskId, Ct) })
        {
            Assert.NotNull(approval);
            Assert.Equal(
                (pending.Id, status, decider.Id, decider.Username, decision.DecidedAt, reason),
                (approval.Id, approval.Status, approval.DecidedById, approval.DecidedBy, approval.DecidedAt, approval.Reason));
            Assert.Equal((pending.SubmitterId, pending.SubmittedAt), (approval.SubmitterId, approval.SubmittedAt));
            Assert.Null(approval.DeliveredAt);
            AssertSameTask(pending.Task, approval.Task);
        }

        Assert.Equal(1, await Stores.Approvals.CountPendingAsync(Ct));
    }

    [Case]
    public async Task Decide_ByTheMasterSecret_HasNoDeciderId()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        Assert.Null(decided.DecidedById);
        Assert.Equal("_system", decided.DecidedBy);
    }

    [Case]
    public async Task Decide_UnknownTask_IsLost()
    {
        var pending = await MakeApprovalAsync();
        await LosesAsync(
            WriteStatus.NotFound,
            e => Stores.Approvals.TryDecideAsync(
                pending.Task.TaskId.ToUpperInvariant(), DraftDecision(ApprovalStatus.Approved), null, e, Ct));
    }

    [Case(ApprovalStatus.Approved)]
    [Case(ApprovalStatus.Rejected)]
    [Case(ApprovalStatus.Withdrawn)]
    [Requirement("V2.3.1")]
    public async Task Decide_NoLongerPending_IsLost(ApprovalStatus earlier)
    {
        var decided = await MakeApprovalAsync(null, earlier);
        foreach (var status in new[] { ApprovalStatus.Approved, ApprovalStatus.Rejected, ApprovalStatus.Withdrawn })
        {
            await LosesAsync(
                WriteStatus.Conflict,
                e => Stores.Approvals.TryDecideAsync(decided.Task.TaskId, DraftDecision(status, null, "too late"), null, e, Ct));
        }
    }

    [Case]
    public async Task Decide_OnlyTheSubmitters_LeavesOthersAlone()
    {
        var user = await MakeUserAsync();
        var other = await MakeUserAsync();
        var own = await MakeApprovalAsync(user);
        var nobodys = await MakeApprovalAsync();
        await LosesAsync(
            WriteStatus.NotFound,
            e => Stores.Approvals.TryDecideAsync(own.Task.TaskId, DraftDecision(ApprovalStatus.Withdrawn), other.Id, e, Ct));
        await LosesAsync(
            WriteStatus.NotFound,
            e => Stores.Approvals.TryDecideAsync(nobodys.Task.TaskId, DraftDecision(ApprovalStatus.Withdrawn), user.Id, e, Ct));
        await WritesAsync(e => Stores.Approvals.TryDecideAsync(own.Task.TaskId, DraftDecision(ApprovalStatus.Withdrawn), user.Id, e, Ct));
        await LosesAsync(
            WriteStatus.Conflict,
            e => Stores.Approvals.TryDecideAsync(own.Task.TaskId, DraftDecision(ApprovalStatus.Withdrawn), user.Id, e, Ct));
    }

    [Case]
    [Requirement("V15.4.2", "Known_KohakuRiverApprovals")]
    public async Task Decide_ApproveRejectAndWithdrawAtOnce_OneWins()
    {
        var sets = await OpenTwoAsync();
        var submitter = await MakeUserAsync();
        ApprovalStatus[] ways = [ApprovalStatus.Approved, ApprovalStatus.Rejected, ApprovalStatus.Withdrawn];
        for (var round = 0; round < Rounds; round++)
        {
            var pending = await MakeApprovalAsync(submitter);
            var entries = Enumerable.Range(0, Callers).Select(_ => Entry()).ToList();
            var results = await RaceAsync(sets, async (set, i) =>
            {
                var decision = DraftDecision(ways[i % 3]) with { DecidedBy = "caller " + i };
                return (await set.Approvals.TryDecideAsync(
                    pending.Task.TaskId, decision, i % 3 == 2 ? submitter.Id : null, entries[i], Ct)).Status;
            });
            AssertWinners(1, WriteStatus.Conflict, results);
            Assert.Equal(1, await CountAuditedAsync(entries));
            var winner = results.ToList().IndexOf(WriteStatus.Done);
            Assert.Equal(1, await CountAuditedAsync([entries[winner]]));
            var stored = await Stores.Approvals.FindAsync(pending.Task.TaskId, Ct);
            Assert.Equal((ways[winner % 3], "caller " + winner), (stored?.Status, stored?.DecidedBy));
        }

        Assert.Equal(0, await Stores.Approvals.CountPendingAsync(Ct));
    }
}
