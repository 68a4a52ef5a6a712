using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class RefusalPaceTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    [Trait("Requirement", "B9")]
    public async Task WaitAsync_BeyondHundredsASecond_WaitsForTheNext()
    {
        var pace = new RefusalPace(clock);
        clock.Advance(TimeSpan.FromMilliseconds(300));
        var waits = Enumerable.Range(0, 400).Select(i => pace.WaitAsync(i % 2 == 0 ? "192.0.2.7" : "::ffff:192.0.2.7", default)).ToList();
        Assert.Equal(RefusalPace.AtOnce, waits.Count(w => w.IsCompletedSuccessfully));

        // Others are told at once, and so is the address as soon as the second is over.
        Assert.True(pace.WaitAsync("192.0.2.8", default).IsCompletedSuccessfully);
        Assert.True(pace.WaitAsync(null, default).IsCompletedSuccessfully);
        clock.Advance(TimeSpan.FromMilliseconds(699));
        Assert.Equal(RefusalPace.AtOnce, waits.Count(w => w.IsCompletedSuccessfully));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(waits).WaitAsync(Bound);
        Assert.True(pace.WaitAsync("192.0.2.7", default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task WaitAsync_MoreThanMayWait_AreToldAtOnce()
    {
        var pace = new RefusalPace(clock);
        var waits = Enumerable.Range(0, RefusalPace.AtOnce + RefusalPace.MostWaiting + 100)
            .Select(_ => pace.WaitAsync("192.0.2.7", default)).ToList();
        Assert.Equal(RefusalPace.MostWaiting, waits.Count(w => !w.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(waits).WaitAsync(Bound);
    }

    [Fact]
    public async Task WaitAsync_ClientThatHangsUp_LeavesItsPlaceToOthers()
    {
        var pace = new RefusalPace(clock);
        using var cancel = new CancellationTokenSource();
        for (var i = 0; i < RefusalPace.AtOnce; i++)
        {
            await pace.WaitAsync("192.0.2.7", default);
        }

        var gone = Enumerable.Range(0, RefusalPace.MostWaiting).Select(_ => pace.WaitAsync("192.0.2.7", cancel.Token)).ToList();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(gone).WaitAsync(Bound));
        Assert.False(pace.WaitAsync("192.0.2.7", default).IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
    }
}
