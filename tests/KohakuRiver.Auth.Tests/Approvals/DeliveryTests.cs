using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

public sealed class DeliveryTests : IDisposable
{
    private readonly ScriptedScheduler scheduler = new();
    private readonly AuthHarness host;

    public DeliveryTests() => host = new AuthHarness(build: Wire);

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Decisions_ReachTheHandlerAtOnce_Once()
    {
        var alice = TestActors.Of(await host.AddUserAsync(Role.User, "alice"));
        await host.Approvals.SubmitAsync(TestActors.Operator(), MatrixWorld.NewTask("auto"));
        foreach (var id in new[] { "yes", "no", "back" })
        {
            await host.Approvals.SubmitAsync(alice, MatrixWorld.NewTask(id));
        }

        await host.Approvals.ApproveAsync(TestActors.Operator(), "yes");
        await host.Approvals.RejectAsync(TestActors.Operator(), "no", null);
        await host.Approvals.WithdrawAsync(alice, "back");
        Assert.Equal(0, await host.Delivery.DeliverDueAsync());

        Assert.Equal(
            [("auto", ApprovalStatus.Approved), ("yes", ApprovalStatus.Approved), ("no", ApprovalStatus.Rejected),
                ("back", ApprovalStatus.Withdrawn)],
            scheduler.Calls);
        Assert.All(
            (await host.Approvals.FindAsync(["auto", "yes", "no", "back"])).Values,
            a => Assert.Equal((host.Now, 1), (a.DeliveredAt, a.DeliveryAttempts)));
        Assert.Equal(0, (await host.Stores.Approvals.ReadBacklogAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task HandlerThrows_DecisionStands_AndIsRepeatedWithGrowingPauses()
    {
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("scheduler down");
        await ApproveAsync("t1");
        Assert.Equal(ApprovalStatus.Approved, (await FindAsync("t1")).Status);

        var attempts = 1;
        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, await host.Delivery.DeliverDueAsync());
            host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, await host.Delivery.DeliverDueAsync());
            attempts++;
            Assert.Equal((attempts, null), ((await FindAsync("t1")).DeliveryAttempts, (await FindAsync("t1")).DeliveredAt));
        }

        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal(1, await host.Delivery.DeliverDueAsync());

        Assert.Equal(host.Now, (await FindAsync("t1")).DeliveredAt);
        Assert.All(scheduler.Calls, c => Assert.Equal(("t1", ApprovalStatus.Approved), c));
        Assert.Equal(0, await host.Delivery.DeliverDueAsync());
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task SchedulerDownForTenMinutes_EachDecisionIsDeliveredOnceItIsBack_WithItsTaskId()
    {
        var ids = Enumerable.Range(0, 5).Select(i => $"t{i}").ToList();
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("scheduler down");
        foreach (var id in ids)
        {
            await ApproveAsync(id);
        }

        for (var minute = 0; minute < 10; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Delivery.DeliverDueAsync();
        }

        Assert.All(
            (await host.Approvals.FindAsync(ids)).Values, a => Assert.Equal((ApprovalStatus.Approved, null), (a.Status, a.DeliveredAt)));
        var failed = scheduler.Calls.Count;
        scheduler.Behaviour = null;

        // No pause is longer than five minutes, so it is back for each by then, and done after.
        for (var minute = 0; minute < 20; minute++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Delivery.DeliverDueAsync();
        }

        Assert.Equal(ids.Select(id => (id, ApprovalStatus.Approved)), scheduler.Calls.Skip(failed).Order());
        Assert.All((await host.Approvals.FindAsync(ids)).Values, a => Assert.NotNull(a.DeliveredAt));
    }

    [Fact]
    public async Task HandlerHangs_TheDeciderIsAnsweredAfterFiveSeconds_AndTheWorkerRepeats()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Behaviour = (_, cancellationToken) =>
        {
            cancellationToken.Register(() => cancelled.TrySetResult());

            // Deaf to its token, as some are.
            return new TaskCompletionSource().Task;
        };
        await SubmitAsync("t1");
        var deciding = Task.Run(() => host.Approvals.ApproveAsync(TestActors.Operator(), "t1"));
        await WaitForCallsAsync(1);
        Assert.False(deciding.IsCompleted);

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await deciding.WaitAsync(TimeSpan.FromSeconds(20))).IsSuccess);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null((await FindAsync("t1")).DeliveredAt);
        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await host.Delivery.DeliverDueAsync());
        Assert.NotNull((await FindAsync("t1")).DeliveredAt);
    }

    [Fact]
    public async Task HandlerBlocksItsThread_OthersAreDeliveredAllTheSame()
    {
        using var release = new ManualResetEventSlim();
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("down");
        await ApproveAsync("blocks");
        await ApproveAsync("flows");
        scheduler.Behaviour = (a, _) =>
        {
            if (a.Task.TaskId == "blocks")
            {
                release.Wait(TimeSpan.FromSeconds(20), CancellationToken.None);
            }

            return Task.CompletedTask;
        };
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        var delivering = Task.Run(() => host.Delivery.DeliverDueAsync());
        await WaitForCallsAsync(4);
        for (var look = 0; look < 2000 && (await FindAsync("flows")).DeliveredAt is null; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.NotNull((await FindAsync("flows")).DeliveredAt);
        Assert.Null((await FindAsync("blocks")).DeliveredAt);
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, await delivering.WaitAsync(TimeSpan.FromSeconds(20)));
        release.Set();
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task CrashBetweenDecisionAndDelivery_TheNextStartDelivers()
    {
        await SubmitAsync("t1");
        var decision = new ApprovalDecision { Status = ApprovalStatus.Approved, DecidedBy = "op", DecidedAt = host.Now };
        await host.Stores.Approvals.TryDecideAsync(
            "t1",
            decision,
            null,
            AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, host.Now, AuditActions.TaskApprove)),
            CancellationToken.None);

        using var restarted = new AuthHarness(database: host.Database, clock: host.Clock, build: Wire);
        Assert.Equal(1, await restarted.Delivery.DeliverDueAsync());

        Assert.Equal([("t1", ApprovalStatus.Approved)], scheduler.Calls);
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task CrashWhileDelivering_IsRepeatedAfterTheLease_WithTheSameTaskId()
    {
        await SubmitAsync("t1");
        scheduler.Behaviour = async (_, _) =>
        {
            // The process dies here: nothing after the hand-over is written.
            host.Database.IsDown = true;
            await Task.CompletedTask;
        };
        Assert.True((await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).IsSuccess);
        host.Database.IsDown = false;
        scheduler.Behaviour = null;
        using var restarted = new AuthHarness(database: host.Database, clock: host.Clock, build: Wire);

        host.Clock.Advance(TimeSpan.FromSeconds(44));
        Assert.Equal(0, await restarted.Delivery.DeliverDueAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await restarted.Delivery.DeliverDueAsync());

        Assert.Equal([("t1", ApprovalStatus.Approved), ("t1", ApprovalStatus.Approved)], scheduler.Calls);
        Assert.Equal(2, (await FindAsync("t1")).DeliveryAttempts);
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task StoreDownRightAfterTheDecision_TheDeciderIsAnswered()
    {
        await SubmitAsync("t1");
        var verbs = 0;
        await host.Settings.GetEffectiveAsync();
        host.Database.BeforeVerb = _ =>
        {
            // The first finds the approval, the second decides and holds it, the third notes the delivery.
            host.Database.IsDown = ++verbs >= 3;
            return Task.CompletedTask;
        };

        Assert.True((await host.Approvals.ApproveAsync(TestActors.Operator(), "t1")).IsSuccess);

        host.Database.BeforeVerb = null;
        host.Database.IsDown = false;
        Assert.Single(scheduler.Calls);
        Assert.Null((await FindAsync("t1")).DeliveredAt);

        // Nobody knows that it arrived, so it comes again once the hold is over; the task's id tells the host.
        Assert.Equal(0, await host.Delivery.DeliverDueAsync());
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await host.Delivery.DeliverDueAsync());
        Assert.Equal(2, scheduler.Calls.Count);
        Assert.Equal((2, host.Now), ((await FindAsync("t1")).DeliveryAttempts, (await FindAsync("t1")).DeliveredAt));
    }

    [Fact]
    public async Task TwoWorkers_DeliverEachDecisionOnce()
    {
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("down");
        for (var i = 0; i < 50; i++)
        {
            await ApproveAsync($"t{i}");
        }

        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        using var second = new AuthHarness(database: host.Database, clock: host.Clock, build: Wire);

        var tried = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? host : second).Delivery.DeliverDueAsync())));

        Assert.Equal(50, tried.Sum());
        Assert.Equal(100, scheduler.Calls.Count);
        Assert.All(scheduler.Calls.GroupBy(c => c.TaskId), g => Assert.Equal(2, g.Count()));
    }

    [Fact]
    public async Task RaceOfDeciders_ReachesTheHandlerOnce()
    {
        for (var round = 0; round < 20; round++)
        {
            await SubmitAsync($"t{round}");
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => i % 2 == 0
                ? host.Approvals.ApproveAsync(TestActors.Operator(), $"t{round}")
                : host.Approvals.RejectAsync(TestActors.Operator(), $"t{round}", null))));
        }

        Assert.Equal(20, scheduler.Calls.Count);
        Assert.Equal(20, scheduler.Calls.DistinctBy(c => c.TaskId).Count());
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task ShuttingDown_KeepsTheDecisionForTheNextStart()
    {
        scheduler.Behaviour = (_, _) => throw new InvalidOperationException("down");
        await ApproveAsync("t1");
        scheduler.Behaviour = (_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        using var stop = new CancellationTokenSource();
        var delivering = Task.Run(() => host.Delivery.DeliverDueAsync(stop.Token));
        await WaitForCallsAsync(2);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        scheduler.Behaviour = null;
        host.Clock.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal(1, await host.Delivery.DeliverDueAsync());
        Assert.NotNull((await FindAsync("t1")).DeliveredAt);
    }

    [Fact]
    public async Task NoHandler_DecisionsCountAsTakenOver()
    {
        using var bare = new AuthHarness();
        await bare.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask("t1"));
        await bare.Approvals.ApproveAsync(TestActors.Operator(), "t1");
        Assert.Equal(bare.Now, (await bare.Approvals.FindAsync(["t1"]))["t1"].DeliveredAt);
    }

    private void Wire(KohakuAuthBuilder builder)
    {
        builder.Services.AddSingleton(scheduler);
        builder.AddTaskApprovalHandler<ScriptedScheduler.Handler>();
    }

    private async Task WaitForCallsAsync(int count)
    {
        for (var look = 0; look < 2000 && scheduler.Calls.Count < count; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        Assert.Equal(count, scheduler.Calls.Count);
    }

    private async Task<Approval> FindAsync(string id) => (await host.Approvals.FindAsync([id]))[id];

    private Task<KohakuResult<SubmissionResult>> SubmitAsync(string id) =>
        host.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask(id));

    private async Task ApproveAsync(string id)
    {
        await SubmitAsync(id);
        Assert.True((await host.Approvals.ApproveAsync(TestActors.Operator(), id)).IsSuccess);
    }
}
