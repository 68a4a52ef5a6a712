using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Many callers at the same time.</summary>
internal static class Racing
{
    /// <summary>How many call at once in a race.</summary>
    internal const int Callers = 32;

    /// <summary>How often a race is run.</summary>
    internal const int Rounds = 20;

    /// <summary>Runs the calls in parallel, all released at once, alternating between the sets.</summary>
    internal static async Task<IReadOnlyList<T>> RaceAsync<T>(
        IReadOnlyList<KohakuStoreSet> sets, int callers, Func<KohakuStoreSet, int, Task<T>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = Enumerable.Range(0, callers).Select(i => Task.Run(
            async () =>
            {
                await start.Task;
                return await call(sets[i % sets.Count], i);
            },
            TestContext.Current.CancellationToken)).ToList();
        start.SetResult();
        return await Task.WhenAll(running);
    }

    /// <summary>The same for <see cref="Callers"/> callers.</summary>
    internal static Task<IReadOnlyList<T>> RaceAsync<T>(IReadOnlyList<KohakuStoreSet> sets, Func<KohakuStoreSet, int, Task<T>> call) =>
        RaceAsync(sets, Callers, call);

    /// <summary>Exactly so many of the results are done; all others are lost with the expected status.</summary>
    internal static void AssertWinners(int expected, WriteStatus lost, IEnumerable<WriteStatus> results)
    {
        var all = results.ToList();
        Assert.Equal(expected, all.Count(s => s == WriteStatus.Done));
        Assert.All(all, s => Assert.True(s == WriteStatus.Done || s == lost, $"A caller was lost with {s} instead of {lost}."));
    }
}
