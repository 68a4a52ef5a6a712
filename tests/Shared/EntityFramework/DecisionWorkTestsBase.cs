using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>What a decision that a host accepts costs the database: one write transaction for it, one for its delivery.</summary>
public abstract class DecisionWorkTestsBase(ITestDatabase database) : EngineTests(database)
{
    [Fact]
    public async Task Approve_AcceptedByTheHost_IsTwoWriteTransactions()
    {
        var handler = new Acceptance();
        await using var services = Services(handler);
        var approvals = services.GetRequiredService<IApprovalService>();
        using var work = new WorkRecorder();
        await work.AwaitAttentionAsync(async () => Assert.True((await DecideAsync("warm-up")).IsSuccess));

        await SubmitAsync("t1");
        var seen = await work.OfAsync(async () => Assert.True((await approvals.ApproveAsync(Actor.Host, "t1", Ct)).IsSuccess));

        Assert.Equal(2, seen.Count(s => s == "commit"));
        Assert.Equal("commit", seen[^1]);
        Assert.Contains("t1", handler.Accepted);
        Assert.Equal(1, (await First.Approvals.FindAsync("t1", Ct))!.DeliveryAttempts);
        Assert.NotNull((await First.Approvals.FindAsync("t1", Ct))!.DeliveredAt);

        async Task<KohakuResult<Approval>> DecideAsync(string name)
        {
            var id = $"{name}-{handler.Accepted.Count}";
            await SubmitAsync(id);
            return await approvals.ApproveAsync(Actor.Host, id, Ct);
        }

        Task SubmitAsync(string id) => First.Approvals.TryAddAsync(Make.Approval(id), Make.Audit(), Ct);
    }

    private ServiceProvider Services(Acceptance handler)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<ITaskApprovalHandler>(handler);
        services.AddKohakuAuth().UseStores(_ => First);
        return services.BuildServiceProvider();
    }

    private sealed class Acceptance : ITaskApprovalHandler
    {
        internal List<string> Accepted { get; } = [];

        public Task OnApprovedAsync(Approval approval, CancellationToken cancellationToken)
        {
            Accepted.Add(approval.Task.TaskId);
            return Task.CompletedTask;
        }

        public Task OnRejectedAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task OnWithdrawnAsync(Approval approval, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
