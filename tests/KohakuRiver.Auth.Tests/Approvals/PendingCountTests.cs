using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class PendingCountTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly AuthHarness host = new();
    private readonly CancellationTokenSource stop = new();

    public void Dispose()
    {
        stop.Dispose();
        host.Dispose();
    }

    [Fact]
    public async Task Watch_TellsNowAndEveryChangeMadeHere_WithoutTimePassing()
    {
        await SubmitAsync(host, "t1");
        await using var counts = host.Approvals.WatchPendingCountAsync(stop.Token).GetAsyncEnumerator();
        Assert.Equal(1, await NextAsync(counts));

        var next = counts.MoveNextAsync().AsTask();
        await host.Clock.WaitForTimersAsync(1, CancellationToken.None).WaitAsync(Patience);
        await SubmitAsync(host, "t2");
        Assert.True(await next.WaitAsync(Patience));
        Assert.Equal(2, counts.Current);

        await host.Approvals.ApproveAsync(TestActors.Operator(), "t1");
        Assert.Equal(1, await NextAsync(counts));
        await host.Approvals.RejectAsync(TestActors.Operator(), "t2", null);
        Assert.Equal(0, await NextAsync(counts));
    }

    [Fact]
    public async Task Watch_TellsChangesOfOtherInstances_WithinASecond()
    {
        using var second = host.Second();
        await using var counts = host.Approvals.WatchPendingCountAsync(stop.Token).GetAsyncEnumerator();
        Assert.Equal(0, await NextAsync(counts));
        var next = counts.MoveNextAsync().AsTask();
        await host.Clock.WaitForTimersAsync(1, CancellationToken.None).WaitAsync(Patience);
        await SubmitAsync(second, "t1");
        Assert.False(next.IsCompleted);

        host.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await next.WaitAsync(Patience));
        Assert.Equal(1, counts.Current);
    }

    [Fact]
    public async Task Watch_ManyWatchers_ShareOneLookASecond()
    {
        const int watchers = 50;
        var looks = 0;
        host.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref looks);
            return Task.CompletedTask;
        };
        var watching = new List<(IAsyncEnumerator<int> Counts, Task<bool> Next)>();
        for (var i = 0; i < watchers; i++)
        {
            var counts = host.Approvals.WatchPendingCountAsync(stop.Token).GetAsyncEnumerator();
            Assert.Equal(0, await NextAsync(counts));
            watching.Add((counts, counts.MoveNextAsync().AsTask()));
        }

        await host.Clock.WaitForTimersAsync(watchers, CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(1, looks);

        for (var second = 1; second <= 5; second++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));

            // Everybody has looked and sleeps again.
            await host.Clock.WaitForTimersAsync(watchers, CancellationToken.None).WaitAsync(Patience);
            Assert.InRange(looks, second, second + 1);
        }

        await stop.CancelAsync();
        foreach (var (counts, next) in watching)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
            await counts.DisposeAsync();
        }
    }

    [Fact]
    public async Task Watch_StoreDown_Ends_AndANewOneGoesOnAfterwards()
    {
        await using var counts = host.Approvals.WatchPendingCountAsync(stop.Token).GetAsyncEnumerator();
        Assert.Equal(0, await NextAsync(counts));
        var next = counts.MoveNextAsync().AsTask();
        await host.Clock.WaitForTimersAsync(1, CancellationToken.None).WaitAsync(Patience);
        host.Database.IsDown = true;
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => next.WaitAsync(Patience));

        host.Database.IsDown = false;
        await using var again = host.Approvals.WatchPendingCountAsync(stop.Token).GetAsyncEnumerator();
        Assert.Equal(0, await NextAsync(again));
    }

    private static async Task<int> NextAsync(IAsyncEnumerator<int> counts)
    {
        Assert.True(await counts.MoveNextAsync().AsTask().WaitAsync(Patience));
        return counts.Current;
    }

    private static Task<KohakuResult<SubmissionResult>> SubmitAsync(AuthHarness at, string id) =>
        at.Approvals.SubmitAsync(TestActors.User(), MatrixWorld.NewTask(id));
}
