using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>From the start of the sample host's process, with no database yet, to its first answer.</summary>
internal static class StartSuite
{
    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var times = new double[options.Quick ? 5 : 11];
        var processor = new double[times.Length];

        // Once for the operating system's cache of files.
        for (var i = -1; i < times.Length; i++)
        {
            var (host, took) = await SampleHost.StartAsync(options.Published);
            if (i >= 0)
            {
                times[i] = took.TotalMilliseconds;
                processor[i] = host.Processor.TotalMilliseconds;
            }

            await host.DisposeAsync();
        }

        var report = new Report("start");
        var median = Rounds.Median(times);
        report.Add(new Row($"sample host{(options.Published is null ? "" : ", published")}, empty database, to the first answer", median,
            "ms", "< 2 000 ms", median < 2_000)
        {
            Note = $"{times.Length} starts, slowest {times.Max():0} ms; processor time {Rounds.Median(processor):0} ms",
        });
        return report;
    }
}
