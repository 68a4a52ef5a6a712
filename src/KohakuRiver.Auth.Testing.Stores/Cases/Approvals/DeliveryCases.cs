using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Handing decided submissions over.</summary>
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
        Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, Now, until, Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, until.AddMicroseconds(-1), until.AddMinutes(1), Ct));
        Assert.Empty(
            await Stores.Approvals.LeaseUndeliveredAsync(decided.Task.TaskId, 5, until.AddMicroseconds(-1), until.AddMinutes(1), Ct));
        var again = Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, until, until.AddMinutes(1), Ct));
        Assert.Equal((decided.Id, 2), (again.Id, again.DeliveryAttempts));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, until, until.AddMinutes(1), Ct));
    }

    [Case]
    public async Task Lease_OneTask_IsThatOneOnlyDueOrNot()
    {
        var pending = await MakeApprovalAsync();
        await MakeApprovalAsync(null, ApprovalStatus.Approved);
        var wanted = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        Assert.Empty(await LeaseAsync(5, pending.Task.TaskId));
        Assert.Empty(await LeaseAsync(5, "no such task"));
        Assert.Equal([wanted.Id], (await LeaseAsync(5, wanted.Task.TaskId)).Select(a => a.Id));

        await Stores.Approvals.MarkDeliveryFailedAsync(wanted.Task.TaskId, Now.AddDays(1), Ct);
        Assert.DoesNotContain(wanted.Id, (await LeaseAsync(5)).Select(a => a.Id));
        Assert.Equal([wanted.Id], (await LeaseAsync(5, wanted.Task.TaskId)).Select(a => a.Id));
        Assert.Empty(await LeaseAsync(5, wanted.Task.TaskId));
    }

    [Case]
    public async Task MarkDeliveryFailed_Held_IsDueAtTheNextTry()
    {
        var decided = await MakeApprovalAsync(null, ApprovalStatus.Approved);
        await LeaseAsync(1);
        var next = Now.AddSeconds(5);
        await WritesNoAuditAsync(() => Stores.Approvals.MarkDeliveryFailedAsync(decided.Task.TaskId, next, Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, next.AddMicroseconds(-1), next.AddMinutes(1), Ct));
        var again = Assert.Single(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, next, next.AddMinutes(1), Ct));
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
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(null, 5, later, later.AddMinutes(1), Ct));
        Assert.Empty(await Stores.Approvals.LeaseUndeliveredAsync(decided.Task.TaskId, 5, later, later.AddMinutes(1), Ct));
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
            var leased = await RaceAsync(sets, (set, _) => set.Approvals.LeaseUndeliveredAsync(null, 2, now, now.AddDays(1), Ct));
            Assert.All(leased, l => Assert.True(l.Count <= 2));

            // A caller that comes too late for what it chose may go away with nothing; what it leaves is there for the next.
            var rest = await Stores.Approvals.LeaseUndeliveredAsync(null, 9, now, now.AddDays(1), Ct);
            Assert.Equal(ids, leased.SelectMany(l => l).Concat(rest).Select(a => a.Id).Order());
        }
    }

    [Case]
    public async Task Lease_TheSameTaskManyTimesAtOnce_OneHoldsIt()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var taskId = (await MakeApprovalAsync(null, ApprovalStatus.Approved)).Task.TaskId;
            var now = Now;
            var leased = await RaceAsync(sets, (set, i) =>
                set.Approvals.LeaseUndeliveredAsync(i % 2 == 0 ? taskId : null, 9, now, now.AddDays(1), Ct));
            Assert.Equal(taskId, Assert.Single(leased.SelectMany(l => l)).Task.TaskId);
            Assert.Equal(1, (await Stores.Approvals.FindAsync(taskId, Ct))?.DeliveryAttempts);
        }
    }

    private Task<Approval> DecideAsync(Approval pending) => WritesAsync(e => Stores.Approvals.TryDecideAsync(
        pending.Task.TaskId, DraftDecision(ApprovalStatus.Approved), null, e, Ct));
}
