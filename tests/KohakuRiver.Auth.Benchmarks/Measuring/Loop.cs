using System.Diagnostics;

namespace KohakuRiver.Auth.Benchmarks.Measuring;

/// <summary>Times and allocations of short pieces of work, repeated on one thread.</summary>
internal static class Loop
{
    /// <summary>Nanoseconds a repetition of a body that repeats itself as often as it is told.</summary>
    public static double Nanoseconds(int repetitions, Action<int> body)
    {
        var started = Stopwatch.GetTimestamp();
        body(repetitions);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / repetitions;
    }

    /// <summary>The same for work that waits.</summary>
    public static async Task<double> NanosecondsAsync(int repetitions, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++)
        {
            await work();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / repetitions;
    }

    /// <summary>Bytes this thread allocates a repetition.</summary>
    public static double Bytes(int repetitions, Action<int> body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        body(repetitions);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)repetitions;
    }

    /// <summary>Bytes the whole process allocates a repetition; nothing else of weight may run.</summary>
    public static async Task<double> BytesAsync(int repetitions, Func<Task> work)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < repetitions; i++)
        {
            await work();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)repetitions;
    }
}
