using System.Diagnostics;

namespace KohakuRiver.Auth.Benchmarks.Measuring;

/// <summary>Times of work whose repetitions somebody else has to steer: databases in turns, tokens that are used once.</summary>
internal static class Loop
{
    /// <summary>Nanoseconds a repetition.</summary>
    public static async Task<double> NanosecondsAsync(int repetitions, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++)
        {
            await work();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / repetitions;
    }
}
