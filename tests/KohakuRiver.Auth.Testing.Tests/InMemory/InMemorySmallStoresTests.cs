using static KohakuRiver.Auth.Testing.Tests.InMemory.Sample;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

public sealed class InMemorySmallStoresTests
{
    private readonly InMemoryStoreSet stores = new();

    [Fact]
    public async Task Audit_Filters_CompareWholeNamesAndActionBeginnings()
    {
        await stores.Audit.AppendAsync(Entry("user.create") with { Actor = "Mio", Target = "yui", TargetId = "7" }, Ct);
        await stores.Audit.AppendAsync(Entry("user.update") with { At = Now.AddHours(1), Outcome = AuditOutcome.Refused }, Ct);
        await stores.Audit.AppendAsync(Entry("username.change") with { At = Now.AddHours(2) }, Ct);

        Assert.Equal([2, 1], await Find(new AuditQuery { Action = "USER" }));
        Assert.Equal([1], await Find(new AuditQuery { Action = "user.create" }));
        Assert.Equal([1], await Find(new AuditQuery { Actor = "mio" }));
        Assert.Empty(await Find(new AuditQuery { Actor = "mi" }));
        Assert.Equal([1], await Find(new AuditQuery { Target = "YUI" }));
        Assert.Equal([1], await Find(new AuditQuery { Target = "7" }));
        Assert.Equal([2], await Find(new AuditQuery { Outcome = AuditOutcome.Refused }));
        Assert.Equal([2], await Find(new AuditQuery { From = Now.AddHours(1), To = Now.AddHours(2) }));
        Assert.Equal(2, await stores.Audit.PruneAsync(Now.AddHours(2), Ct));
        Assert.Equal([3], await Find(new AuditQuery()));

        async Task<List<long>> Find(AuditQuery query)
        {
            var page = await stores.Audit.ListAsync(query, Ct);
            var streamed = await stores.Audit.StreamAsync(query, Ct).ToListAsync(Ct);
            Assert.Equal(page.Items, streamed);
            return [.. streamed.Select(entry => entry.Id)];
        }
    }

    [Fact]
    public async Task AuditStream_CancelledMidway_Stops()
    {
        await stores.Audit.AppendAsync(Entry(), Ct);
        await stores.Audit.AppendAsync(Entry(), Ct);
        using var source = new CancellationTokenSource();
        await using var entries = stores.Audit.StreamAsync(new AuditQuery(), source.Token).GetAsyncEnumerator(Ct);

        Assert.True(await entries.MoveNextAsync());
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await entries.MoveNextAsync());
    }

    [Fact]
    public async Task Settings_Written_NullRemovesAndOthersStay()
    {
        await stores.Settings.WriteAsync(new Dictionary<string, string?> { ["a"] = "1", ["b"] = "2" }, Audit(), Ct);
        var before = await stores.Settings.ReadAsync(Ct);

        await stores.Settings.WriteAsync(new Dictionary<string, string?> { ["a"] = null, ["c"] = "3" }, Audit(), Ct);

        Assert.Equal(["a", "b"], before.Keys);
        Assert.Equal(["b", "c"], (await stores.Settings.ReadAsync(Ct)).Keys);
        Assert.Equal(2, (await stores.ReadAuditAsync()).Count);
    }

    [Fact]
    public async Task Throttle_InParallel_AsManyPassAsThereIsRoom()
    {
        var passed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(
            () => stores.Throttle.TryTakeAsync("login:1", Now, 10, Ct))));

        Assert.Equal(10, passed.Count(pass => pass));
        Assert.True(await stores.Throttle.TryTakeAsync("login:2", Now, 10, Ct));
        Assert.True(await stores.Throttle.TryTakeAsync("login:1", Now.AddMinutes(1), 10, Ct));
    }

    [Fact]
    public async Task Throttle_GivenBack_MakesRoomButNeverBelowZero()
    {
        await stores.Throttle.GiveBackAsync("a", Now, Ct);
        Assert.True(await stores.Throttle.TryTakeAsync("a", Now, 1, Ct));
        Assert.False(await stores.Throttle.TryTakeAsync("a", Now, 1, Ct));

        await stores.Throttle.GiveBackAsync("a", Now, Ct);
        await stores.Throttle.GiveBackAsync("a", Now, Ct);

        Assert.True(await stores.Throttle.TryTakeAsync("a", Now, 1, Ct));
        Assert.False(await stores.Throttle.TryTakeAsync("a", Now, 1, Ct));
        Assert.Equal(1, await stores.Throttle.PruneAsync(Now.AddTicks(10), Ct));
        Assert.Equal(0, await stores.Throttle.PruneAsync(Now.AddTicks(10), Ct));
    }
}
