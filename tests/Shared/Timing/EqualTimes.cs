namespace KohakuRiver.Tests.Shared;

/// <summary>
/// Whether several ways to fail take the same time. Medians within 15 % with KOHAKU_FULL=1; otherwise a wide bound, as other processes on the machine
/// have their say: then the quickest of a few rounds tells whether a hash was computed at all, which is several times the rest.
/// </summary>
internal static class EqualTimes
{
    private const int FewRounds = 8;

    /// <summary>Times each way in turn, round after round, and compares all with the first.</summary>
    /// <param name="exactRounds">How many rounds there are for the medians.</param>
    /// <param name="ways">The names of the ways.</param>
    /// <param name="attempt">One attempt; it checks its own outcome.</param>
    /// <param name="beforeRound">What has to happen before each round, untimed.</param>
    internal static async Task AssertAsync(int exactRounds, IReadOnlyList<string> ways, Func<string, Task> attempt, Action? beforeRound = null)
    {
        var exact = Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1";
        var (rounds, place, bound, tries) = exact ? (exactRounds, exactRounds / 2, 1.15, 1) : (FewRounds, 0, 3.0, 5);
        var times = ways.ToDictionary(way => way, _ => new List<double>(), StringComparer.Ordinal);
        Dictionary<string, double> typical;
        bool alike;

        // A machine that is busy gets more tries: the quickest of more rounds only comes closer to the truth.
        do
        {
            for (var round = 0; round < rounds; round++)
            {
                beforeRound?.Invoke();
                foreach (var way in ways)
                {
                    var start = TimeProvider.System.GetTimestamp();
                    await attempt(way);
                    times[way].Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            typical = times.ToDictionary(t => t.Key, t => t.Value.Order().ElementAt(place), StringComparer.Ordinal);
            alike = typical.Values.All(m => m / typical[ways[0]] < bound && m / typical[ways[0]] > 1 / bound);
        }
        while (!alike && --tries > 0);

        Assert.True(alike, string.Join(", ", typical.Select(m => $"{m.Key} {m.Value:F1} ms")));
    }
}
