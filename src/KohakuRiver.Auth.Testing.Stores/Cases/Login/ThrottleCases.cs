using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>What <see cref="IThrottleStore"/> promises.</summary>
[Subject("Throttle")]
internal sealed class ThrottleCases : StoreCases
{
    [Case]
    public async Task Take_UpToTheLimit_PassesAndThenCountsNothing()
    {
        Assert.Equal(3, await TakeAllAsync("ip:192.0.2.1", Now, 3));

        // If the refused calls had counted, giving one back would make no room.
        await Stores.Throttle.GiveBackAsync("ip:192.0.2.1", Now, Ct);
        Assert.Equal(1, await TakeAllAsync("ip:192.0.2.1", Now, 3));
        Assert.False(await Stores.Throttle.TryTakeAsync("ip:192.0.2.1", Now, 1, Ct));
        Assert.True(await Stores.Throttle.TryTakeAsync("ip:192.0.2.1", Now, 4, Ct));
    }

    [Case]
    public async Task Take_OtherBucketOrWindow_CountsOnItsOwn()
    {
        Assert.Equal(2, await TakeAllAsync("a", Now, 2));
        Assert.Equal(2, await TakeAllAsync("b", Now, 2));
        Assert.Equal(2, await TakeAllAsync("a", Now.AddMicroseconds(1), 2));
        Assert.Equal(0, await TakeAllAsync("a", Now, 2));
    }

    [Case]
    public async Task GiveBack_NothingTaken_NeverGoesBelowZero()
    {
        await Stores.Throttle.GiveBackAsync("a", Now, Ct);
        Assert.Equal(2, await TakeAllAsync("a", Now, 2));
        for (var i = 0; i < 5; i++)
        {
            await Stores.Throttle.GiveBackAsync("a", Now, Ct);
        }

        Assert.Equal(2, await TakeAllAsync("a", Now, 2));
    }

    [Case]
    public async Task Take_ManyAtOnce_ExactlyTheRoomPasses()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var window = Tick();
            var passed = await RaceAsync(sets, (set, _) => set.Throttle.TryTakeAsync("contested", window, 10, Ct));
            Assert.Equal(10, passed.Count(p => p));
        }
    }

    [Case]
    public async Task GiveBack_ManyAtOnce_LosesNone()
    {
        var sets = await OpenTwoAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var window = Tick();
            Assert.Equal(Callers + 3, await TakeAllAsync("contested", window, Callers + 3));
            await RaceAsync(sets, async (set, i) =>
            {
                await set.Throttle.GiveBackAsync("contested", window, Ct);
                return i;
            });
            Assert.Equal(Callers, await TakeAllAsync("contested", window, Callers + 3));
        }
    }

    [Case]
    public async Task Prune_BeforeTheGivenInstant_RemovesOlderWindows()
    {
        var window = Now;
        await TakeAllAsync("a", window, 2);
        await TakeAllAsync("b", window, 2);
        await TakeAllAsync("a", window.AddMicroseconds(1), 2);
        await WritesNoAuditAsync(async () =>
        {
            Assert.Equal(0, await Stores.Throttle.PruneAsync(window, Ct));
            Assert.Equal(2, await Stores.Throttle.PruneAsync(window.AddMicroseconds(1), Ct));
        });
        Assert.Equal(2, await TakeAllAsync("a", window, 2));
        Assert.Equal(0, await TakeAllAsync("a", window.AddMicroseconds(1), 2));
    }

    /// <summary>Takes two more than the limit; returns how many passed.</summary>
    private async Task<int> TakeAllAsync(string bucket, DateTimeOffset window, int limit)
    {
        var passed = 0;
        for (var i = 0; i < limit + 2; i++)
        {
            passed += await Stores.Throttle.TryTakeAsync(bucket, window, limit, Ct) ? 1 : 0;
        }

        return passed;
    }
}
