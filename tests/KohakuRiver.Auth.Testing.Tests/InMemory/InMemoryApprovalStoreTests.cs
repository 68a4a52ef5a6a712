using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemoryApprovalStoreTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task Decide_InParallel_OneWinsWithOneEntry()
    {
        await stores.Approvals.TryAddAsync(Approval("t1"), Audit(), Ct);

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            () => stores.Approvals.TryDecideAsync("t1", Decision(), null, Audit("task.approve"), Ct))));

        Assert.Single(results, result => result.IsDone);
        Assert.Equal(49, results.Count(result => result.Status == WriteStatus.Conflict));
        Assert.Single(await stores.ReadAuditAsync(), entry => entry.Action == "task.approve");
        Assert.Equal(0, await stores.Approvals.CountPendingAsync(Ct));
    }

    [Fact]
    public async Task Decide_OnlySubmitters_HidesOthers()
    {
        var mio = await stores.AddUserAsync("mio");
        await stores.Approvals.TryAddAsync(Approval("t1", mio.Id), Audit(), Ct);

        Assert.Equal(WriteStatus.NotFound, (await stores.Approvals.TryDecideAsync("t1", Decision(), 99, Audit(), Ct)).Status);
        Assert.Equal(WriteStatus.NotFound, (await stores.Approvals.TryDecideAsync("t2", Decision(), null, Audit(), Ct)).Status);
        Assert.Equal(WriteStatus.Done, (await stores.Approvals.TryDecideAsync("t1", Decision(mio.Id), mio.Id, Audit(), Ct)).Status);
        await Assert.ThrowsAsync<ArgumentException>(
            () => stores.Approvals.TryDecideAsync("t1", Decision() with { Status = ApprovalStatus.Pending }, null, Audit(), Ct));
    }

    [Fact]
    public async Task Add_SameTaskTwice_IsRefused()
    {
        await stores.Approvals.TryAddAsync(Approval("t1"), Audit(), Ct);

        Assert.Equal(WriteStatus.NameTaken, (await stores.Approvals.TryAddAsync(Approval("t1"), Audit(), Ct)).Status);
        Assert.Equal(WriteStatus.Done, (await stores.Approvals.TryAddAsync(Approval("T1"), Audit(), Ct)).Status);
        Assert.Equal(2, (await stores.Approvals.FindAsync(["t1", "T1", "t1", "no"], Ct)).Count);
    }

    [Fact]
    public async Task Add_ListsChangedAfterwards_DoNotReachTheStore()
    {
        var arguments = new List<string> { "one" };
        var submission = Approval("t1");
        await stores.Approvals.TryAddAsync(submission with { Task = submission.Task with { Arguments = arguments } }, Audit(), Ct);

        arguments.Add("two");

        Assert.Equal(["one"], (await stores.Approvals.FindAsync("t1", Ct))!.Task.Arguments);
    }

    [Fact]
    public async Task List_ByOffsetAndFilter_NewestFirst()
    {
        for (var n = 1; n <= 5; n++)
        {
            await stores.Approvals.TryAddAsync(Approval($"t{n}", atOnce: n == 3), Audit(), Ct);
        }

        var page = await stores.Approvals.ListAsync(
            new ApprovalQuery { Status = ApprovalStatus.Pending, Page = new PageRequest(2), Offset = 1 }, Ct);

        Assert.Equal(["t4", "t2"], page.Items.Select(approval => approval.Task.TaskId));
        Assert.Equal(4, page.Total);
        Assert.NotNull(page.Next);
    }

    [Fact]
    public async Task Lease_InParallel_EachDecisionIsHeldByOne()
    {
        for (var n = 0; n < 20; n++)
        {
            await stores.Approvals.TryAddAsync(Approval($"t{n}", atOnce: true), Audit(), Ct);
        }

        var leases = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(
            () => stores.Approvals.LeaseUndeliveredAsync(3, Now, Now.AddSeconds(30), Ct))));

        var taken = leases.SelectMany(lease => lease).Select(approval => approval.Task.TaskId).ToList();
        Assert.Equal(20, taken.Count);
        Assert.Equal(20, taken.Distinct().Count());
    }

    [Fact]
    public async Task Delivery_FailedThenDelivered_IsDueAgainUntilTakenOver()
    {
        await stores.Approvals.TryAddAsync(Approval("pending"), Audit(), Ct);
        await stores.Approvals.TryAddAsync(Approval("t1", atOnce: true), Audit(), Ct);
        Assert.Equal(new DeliveryBacklog(1, Now), await stores.Approvals.ReadBacklogAsync(Ct));

        Assert.Single(await Lease(Now));
        Assert.Empty(await Lease(Now.AddSeconds(29)));
        Assert.Equal(2, Assert.Single(await Lease(Now.AddSeconds(30))).DeliveryAttempts);

        await stores.Approvals.MarkDeliveryFailedAsync("t1", Now.AddMinutes(5), Ct);
        Assert.Empty(await Lease(Now.AddMinutes(4)));
        Assert.Single(await Lease(Now.AddMinutes(5)));

        await stores.Approvals.MarkDeliveredAsync("t1", Now.AddMinutes(6), Ct);
        await stores.Approvals.MarkDeliveredAsync("t1", Now.AddMinutes(7), Ct);
        await stores.Approvals.MarkDeliveredAsync("pending", Now.AddMinutes(7), Ct);
        Assert.Equal(Now.AddMinutes(6), (await stores.Approvals.FindAsync("t1", Ct))?.DeliveredAt);
        Assert.Null((await stores.Approvals.FindAsync("pending", Ct))?.DeliveredAt);
        Assert.Equal(new DeliveryBacklog(0, null), await stores.Approvals.ReadBacklogAsync(Ct));
        Assert.Empty(await Lease(Now.AddHours(1)));

        Task<IReadOnlyList<Approval>> Lease(DateTimeOffset now) =>
            stores.Approvals.LeaseUndeliveredAsync(10, now, now.AddSeconds(30), Ct);
    }
}
