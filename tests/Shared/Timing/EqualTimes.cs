namespace KohakuRiver.Tests.Shared;

/// <summary>
/// Whether several ways to fail take the same time: within 15 %, always. With KOHAKU_FULL=1 it is the medians of a fixed number of rounds.
/// Otherwise it is the lower quartiles, which other work on the machine moves less, of as many rounds as they need to settle: a difference
/// that is there stays however many there are, while one of chance goes.
/// </summary>
internal static class EqualTimes
{
    private const double Bound = 1.15;
    private const int FirstRounds = 12;
    private const int MoreRounds = 6;

    /// <summary>Times each way in turn, round after round, and compares all with the first.</summary>
    /// <param name="exactRounds">How many rounds there are for the medians, and at most otherwise.</param>
    /// <param name="ways">The names of the ways.</param>
    /// <param name="attempt">One attempt; it checks its own outcome.</param>
    /// <param name="beforeRound">What has to happen before each round, untimed.</param>
    internal static async Task AssertAsync(
        int exactRounds, IReadOnlyList<string> ways, Func<string, Task> attempt, Action? beforeRound = null)
    {
        var exact = Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1";
        var times = ways.ToDictionary(way => way, _ => new List<double>(), StringComparer.Ordinal);
        var rounds = exact ? exactRounds : Math.Min(FirstRounds, exactRounds);
        while (true)
        {
            for (var round = 0; round < rounds; round++)
            {
                beforeRound?.Invoke();

                // Whoever comes first in a round comes last in the next, so that no way always follows the same one.
                foreach (var way in round % 2 == 0 ? ways : ways.Reverse())
                {
                    var start = TimeProvider.System.GetTimestamp();
                    await attempt(way);
                    times[way].Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            var typical = times.ToDictionary(
                t => t.Key, t => t.Value.Order().ElementAt(t.Value.Count / (exact ? 2 : 4)), StringComparer.Ordinal);
            if (typical.Values.All(m => m / typical[ways[0]] is < Bound and > 1 / Bound))
            {
                return;
            }

            Assert.True(
                !exact && times[ways[0]].Count < exactRounds,
                $"After {times[ways[0]].Count} rounds: {string.Join(", ", typical.Select(m => $"{m.Key} {m.Value:F1} ms"))}");
            rounds = MoreRounds;
        }
    }
}
