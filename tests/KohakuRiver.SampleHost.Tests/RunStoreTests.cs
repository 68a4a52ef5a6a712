using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.SampleHost.Tests;

public class RunStoreTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunResult Good = new(RunEnd.Exited, 0, "out", "");

    [Fact]
    public async Task Claim_OfMoreThanTheNodeHas_RespectsItsCores()
    {
        using var folder = new TempFolder();
        using var cluster = new TestCluster(folder.File("h.db"));
        var first = await cluster.AddAsync(cores: cluster.Node.Cores);
        var second = await cluster.AddAsync(cores: 1);
        var free = await cluster.AddAsync(cores: 0);

        var claimed = await cluster.Runs.ClaimAsync(default);

        Assert.Equal([first, free], claimed.Select(t => t.Id));
        Assert.Empty(await cluster.Runs.ClaimAsync(default));
        Assert.True(await cluster.Runs.TryFinishAsync(first, TaskStatuses.Completed, Good, default));
        Assert.Equal([second], (await cluster.Runs.ClaimAsync(default)).Select(t => t.Id));
    }

    [Fact]
    public async Task Claim_ByTwoHostsAtOnce_GivesEachTaskToOne()
    {
        using var folder = new TempFolder();
        using var one = new TestCluster(folder.File("h.db"));
        using var other = new TestCluster(folder.File("h.db"));
        for (var round = 0; round < 20; round++)
        {
            var ids = new List<long> { await one.AddAsync(), await one.AddAsync(), await one.AddAsync() };

            var claims = await Task.WhenAll(Task.Run(() => one.Runs.ClaimAsync(default)), Task.Run(() => other.Runs.ClaimAsync(default)));

            Assert.Equal(ids, claims.SelectMany(c => c).Select(t => t.Id).Order());
        }
    }

    [Fact]
    public async Task Claim_OfAnotherNodesTask_LeavesIt()
    {
        using var folder = new TempFolder();
        using var cluster = new TestCluster(folder.File("h.db"));
        await cluster.AddAsync(target: "elsewhere");
        await cluster.AddAsync(status: TaskStatuses.PendingApproval);
        var here = await cluster.AddAsync(target: cluster.Node.Hostname);

        Assert.Equal([here], (await cluster.Runs.ClaimAsync(default)).Select(t => t.Id));
    }

    [Fact]
    public async Task RunningTask_OfAProcessThatIsGone_IsLostAtOnce()
    {
        using var folder = new TempFolder();
        using var cluster = new TestCluster(folder.File("h.db"));
        var gone = await cluster.AddAsync(
            TaskStatuses.Running, runner: $"{Environment.MachineName}:{int.MaxValue}:aa", node: cluster.Node.Hostname);
        var earlierLife = await cluster.AddAsync(
            TaskStatuses.Running, runner: $"{Environment.MachineName}:{Environment.ProcessId}:aa", node: cluster.Node.Hostname);
        var elsewhere = await cluster.AddAsync(TaskStatuses.Running, runner: "elsewhere:1:aa", node: "elsewhere");
        var own = await cluster.AddAsync(TaskStatuses.Running, runner: RunnerIdentity.Current, node: cluster.Node.Hostname);

        Assert.Equal(2, await cluster.Runs.MarkLostAsync(default));

        Assert.Equal(TaskStatuses.Lost, await cluster.StatusAsync(gone));
        Assert.Equal(TaskStatuses.Lost, await cluster.StatusAsync(earlierLife));
        Assert.Equal(TaskStatuses.Running, await cluster.StatusAsync(elsewhere));
        Assert.Equal(TaskStatuses.Running, await cluster.StatusAsync(own));
    }

    [Fact]
    public async Task RunningTask_OfASilentHost_IsLostAndCannotBeFinishedAnyMore()
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider(Start);
        using var cluster = new TestCluster(folder.File("h.db"), clock);
        var id = await cluster.AddAsync(TaskStatuses.Running, runner: "elsewhere:1:aa", node: "elsewhere");
        clock.Advance(RunStore.Silence);
        Assert.Equal(0, await cluster.Runs.MarkLostAsync(default));

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await cluster.Runs.MarkLostAsync(default));
        Assert.False(await cluster.Runs.TryFinishAsync(id, TaskStatuses.Completed, Good, default));
        Assert.Equal(TaskStatuses.Lost, await cluster.StatusAsync(id));
    }

    [Fact]
    public async Task KillRequest_OfARunningTask_MakesItUnwanted()
    {
        using var folder = new TempFolder();
        using var cluster = new TestCluster(folder.File("h.db"));
        var id = await cluster.AddAsync();
        await cluster.Runs.ClaimAsync(default);
        Assert.Empty(await cluster.Runs.ListUnwantedAsync([id], default));

        Assert.True(await cluster.Tasks.TryRequestKillAsync(id, default));

        Assert.Equal([id], await cluster.Runs.ListUnwantedAsync([id], default));
    }

    [Fact]
    public async Task Move_ByManyAtOnce_IsWonByOne()
    {
        using var folder = new TempFolder();
        using var one = new TestCluster(folder.File("h.db"));
        using var other = new TestCluster(folder.File("h.db"));
        for (var round = 0; round < 10; round++)
        {
            var id = await one.AddAsync(TaskStatuses.PendingApproval);

            var moves = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => (i % 2 == 0 ? one : other).Tasks
                    .TryMoveAsync(id, TaskStatuses.PendingApproval, i < 3 ? TaskStatuses.Pending : TaskStatuses.Rejected, default))));

            Assert.Single(moves, won => won);
        }
    }

    [Fact]
    public async Task Tables_MadeByManyHostsAtOnce_AreMadeOnce()
    {
        using var folder = new TempFolder();
        var clusters = Enumerable.Range(0, 6).Select(_ => new TestCluster(folder.File("h.db"))).ToList();

        var ids = await Task.WhenAll(clusters.Select(c => Task.Run(() => c.AddAsync())));

        Assert.Equal(
            6, (await clusters[0].Tasks.ListAsync(null, null, null, long.MaxValue, 100, default)).Select(t => t.Id).Intersect(ids).Count());
        clusters.ForEach(c => c.Dispose());
    }

    [Fact]
    public void Ids_WhateverTheClockDoes_GrowAndReadBack()
    {
        var clock = new FakeTimeProvider(Start);
        var ids = new HostIds(clock);
        var made = new List<long>();
        for (var i = 0; i < 1000; i++)
        {
            made.Add(ids.Next());
        }

        clock.AdjustTime(clock.GetUtcNow().AddHours(-1));
        made.Add(ids.Next());

        Assert.Equal(made.Order(), made);
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.True(HostIds.TryRead(HostIds.ToText(made[0]), out var back) && back == made[0]);
        Assert.False(HostIds.TryRead("0" + HostIds.ToText(made[0]), out _));
        Assert.False(HostIds.TryRead("-1", out _));
    }
}
