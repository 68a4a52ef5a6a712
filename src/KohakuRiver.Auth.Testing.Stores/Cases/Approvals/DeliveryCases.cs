using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Delivery of decided submissions.</summary>
[Subject("Approvals")]
internal sealed class DeliveryCases : TaskCases
{
    [Case]
    public async Task Lease_DecidedOnes_ComeOldestDecisionFirst()
    {
        await MakeApprovalAsync();
        var first = await MakeApprovalAsync();
        var second = await MakeApprovalAsync(null, ApprovalStatus.Rejected);
        var third = await MakeApprovalAsync(null, ApprovalStatus.Withdrawn);
        await DecideAsync(first);
        var atOnce = await WritesAsync(e => Stores.Approvals.TryAddAsync(DraftApproval(atOnce: true), e, Ct));

        await WritesNoAuditAsync(async () =>
        {
            var leased = await LeaseAsync(3);
            Assert.Equal([second.Id, third.Id, first.Id], leased.Select(a => a.Id));
            Assert.All(leased, a => Assert.Equal(1, a.DeliveryAttempts));
            Assert.Equal(ApprovalStatus.Approved, leased[2].Status);
            Assert.Equal([atOnce.Id], (await LeaseAsync(3)).Select(a => a.Id));
            Assert.Empty(await LeaseAsync(3));
        });
        Assert.Equal(1, (await Stores.Approvals.FindAsync(first.Task.TaskId, Ct))?.DeliveryAttempts);
    }

    [Case]
    public async Task Lease_Held_ComesAgainAtTheEndOfTheHold()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var until = Now.AddMinutes(1);
        Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(5, Now, until, Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(5, until.AddMicroseconds(-1), until.AddMinutes(1), Ct));
        var again = Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(5, until, until.AddMinutes(1), Ct));
        Assert.Equal((decided.Id, 2), (again.Id, again.DeliveryAttempts));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(5, until, until.AddMinutes(1), Ct));
    }

    [Case(ApprovalStatus.Approved)]
    [Case(ApprovalStatus.Rejected)]
    [Case(ApprovalStatus.Withdrawn)]
    public async Task Decide_WithAHold_IsHeldByTheDecider(ApprovalStatus status)
    {
        var pending = await MakeApprovalAsync();
        var until = Now.AddMinutes(1);
        var decision = DraftDecision(status) with { HoldUntil = until };
        var decided = await WritesAsync(e => Stores.Approvals.TryDecideAsync(pending.Task.TaskId, decision, null, e, Ct));
        await IsHeldUntilAsync(decided, until);
    }

    [Case]
    public async Task Add_AtOnceWithAHold_IsHeldByTheSubmitter()
    {
        var until = Now.AddMinutes(1);
        var draft = DraftApproval(atOnce: true) with { HoldUntil = until };
        var made = await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        await IsHeldUntilAsync(made, until);
    }

    [Case]
    public async Task Add_PendingWithAHold_IsHeldByNobodyOnceDecided()
    {
        var draft = DraftApproval() with { HoldUntil = Now.AddDays(1) };
        var pending = await WritesAsync(e => Stores.Approvals.TryAddAsync(draft, e, Ct));
        Assert.Equal(0, pending.DeliveryAttempts);
        await DecideAsync(pending);
        Assert.Equal(1, Assert.Single(await LeaseAsync(5)).DeliveryAttempts);
    }

    [Case]
    public async Task Decide_WithAHoldButTooLate_HoldsNothing()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var late = DraftDecision(ApprovalStatus.Rejected) with { HoldUntil = Now.AddDays(1) };
        await LosesAsync(WriteStatus.Conflict, e => Stores.Approvals.TryDecideAsync(decided.Task.TaskId, late, null, e, Ct));
        Assert.Equal(1, Assert.Single(await LeaseAsync(5)).DeliveryAttempts);
    }

    [Case]
    public async Task Decide_WithAHold_CanFailAndBeDeliveredLikeALease()
    {
        var pending = await MakeApprovalAsync();
        var decision = DraftDecision(ApprovalStatus.Approved) with { HoldUntil = Now.AddDays(1) };
        await WritesAsync(e => Stores.Approvals.TryDecideAsync(pending.Task.TaskId, decision, null, e, Ct));
        var next = Now.AddSeconds(5);
        await Stores.Approvals.MarkDeliveryFailedAsync(pending.Task.TaskId, next, Ct);
        Assert.Equal(2, Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(5, next, next.AddMinutes(1), Ct)).DeliveryAttempts);
        var at = Tick();
        await Stores.Approvals.MarkDeliveredAsync(pending.Task.TaskId, at, Ct);
        Assert.Equal(at, (await Stores.Approvals.FindAsync(pending.Task.TaskId, Ct))?.DeliveredAt);
    }

    [Case]
    public async Task MarkDeliveryFailed_Held_IsDueAtTheNextTry()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        await LeaseAsync(1);
        var next = Now.AddSeconds(5);
        await WritesNoAuditAsync(() => Stores.Approvals.MarkDeliveryFailedAsync(decided.Task.TaskId, next, Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(5, next.AddMicroseconds(-1), next.AddMinutes(1), Ct));
        var again = Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(5, next, next.AddMinutes(1), Ct));
        Assert.Equal(2, again.DeliveryAttempts);
        await Stores.Approvals.MarkDeliveryFailedAsync("no such task", next, Ct);
    }

    [Case]
    public async Task MarkDelivered_Twice_TheFirstCounts()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        await LeaseAsync(1);
        var at = Tick();
        await WritesNoAuditAsync(async () =>
        {
            await Stores.Approvals.MarkDeliveredAsync(decided.Task.TaskId, at, Ct);
            await Stores.Approvals.MarkDeliveredAsync(decided.Task.TaskId, Tick(), Ct);
            await Stores.Approvals.MarkDeliveredAsync("no such task", Tick(), Ct);
        });
        Assert.Equal(at, (await Stores.Approvals.FindAsync(decided.Task.TaskId, Ct))?.DeliveredAt);
    }

    [Case]
    public async Task MarkDelivered_Done_IsNeverLeasedAgain()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        await LeaseAsync(1);
        await Stores.Approvals.MarkDeliveredAsync(decided.Task.TaskId, Tick(), Ct);
        await Stores.Approvals.MarkDeliveryFailedAsync(decided.Task.TaskId, Now, Ct);
        var later = Now.AddDays(1);
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(5, later, later.AddMinutes(1), Ct));
        Assert.NotNull((await Stores.Approvals.FindAsync(decided.Task.TaskId, Ct))?.DeliveredAt);
    }

    [Case]
    public async Task ReadBacklog_AsDecisionsAreTaken_CountsTheUndelivered()
    {
        Assert.Equal(new DeliveryBacklog(0, null), await Stores.Approvals.ReadBacklogAsync(Ct));
        await MakeApprovalAsync();
        var first = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var second = await MakeApprovalAsync(null, ApprovalStatus.Rejected);
        await LeaseAsync(1);
        Assert.Equal(new DeliveryBacklog(2, first.DecidedAt), await Stores.Approvals.ReadBacklogAsync(Ct));
        await Stores.Approvals.MarkDeliveredAsync(first.Task.TaskId, Tick(), Ct);
        Assert.Equal(new DeliveryBacklog(1, second.DecidedAt), await Stores.Approvals.ReadBacklogAsync(Ct));
        await Stores.Approvals.MarkDeliveredAsync(second.Task.TaskId, Tick(), Ct);
        Assert.Equal(new DeliveryBacklog(0, null), await Stores.Approvals.ReadBacklogAsync(Ct));
    }

    [Case]
    public async Task Lease_ManyAtOnce_EachIsHeldByOne()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var ids = new List<long>();
            for (var i = 0; i < 5; i++)
            {
                ids.Add((await MakeApprovalAsync(null, ApprovalStatus.Approved)).Id);
            }

            var now = Now;
            var leased = await RaceAsync(sets, (set, _) => set.Approvals.LeaseUndeliveredAsync(2, now, now.AddDays(1), Ct));
            Assert.All(leased, l => Assert.True(l.Count <= 2));

            // A caller that is too late for its choice may get nothing; what it leaves is there for the next.
            var rest = await Stores.Approvals.LeaseUndeliveredAsync(9, now, now.AddDays(1), Ct);
            Assert.Equal(ids, leased.SelectMany(l => l).Concat(rest).Select(a => a.Id).Order());
        }
    }

    [Case]
    public async Task Lease_BesideADecisionWithAHold_GetsNothing()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var taskId = (await MakeApprovalAsync()).Task.TaskId;
            var now = Now;
            var decision = DraftDecision(ApprovalStatus.Approved) with { HoldUntil = now.AddDays(1) };
            var entry = Entry();
            var leased = await RaceAsync(sets, async (set, i) =>
            {
                if (i == 0)
                {
                    Done(await set.Approvals.TryDecideAsync(taskId, decision, null, entry, Ct));
                }

                return await set.Approvals.LeaseUndeliveredAsync(9, now, now.AddDays(1), Ct);
            });
            Assert.Empty(leased.SelectMany(l => l));
            Assert.Equal(1, (await Stores.Approvals.FindAsync(taskId, Ct))?.DeliveryAttempts);
        }
    }

    private async Task IsHeldUntilAsync(Approval held, DateTimeOffset until)
    {
        Assert.Equal((1, null), (held.DeliveryAttempts, held.DeliveredAt));
        Assert.Equal(new DeliveryBacklog(1, held.DecidedAt), await Stores.Approvals.ReadBacklogAsync(Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(5, until.AddMicroseconds(-1), until.AddMinutes(1), Ct));
        var again = Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(5, until, until.AddMinutes(1), Ct));
        Assert.Equal((held.Id, 2), (again.Id, again.DeliveryAttempts));
    }

    private Task<Approval> DecideAsync(Approval pending) => WritesAsync(e => Stores.Approvals.TryDecideAsync(
        pending.Task.TaskId, DraftDecision(ApprovalStatus.Approved), null, e, Ct));
}
