using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using KohakuRiver.Auth.Benchmarks.Processes;

namespace KohakuRiver.Auth.Benchmarks.Measuring;

/// <summary>Calls inside this process, measured by BenchmarkDotNet: it warms up, finds the repetitions, counts what is allocated.</summary>
internal static class Micro
{
    /// <summary>Measures the benchmarks of a class; by the name of their methods.</summary>
    /// <param name="options">Whether it is a short run.</param>
    /// <param name="leftOut">Methods that cannot run on this machine.</param>
    /// <exception cref="InvalidOperationException">One of them could not be measured; what it said is on standard error.</exception>
    public static IReadOnlyDictionary<string, Measured> Run<T>(BenchmarkOptions options, params IReadOnlyCollection<string> leftOut)
    {
        using var folder = new TempFolder();
        var config = ManualConfig.CreateEmpty()

            // In this process, so that nothing is built anew, with the garbage collector of a web host.
            .AddJob((options.Quick ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddFilter(new SimpleFilter(b => !leftOut.Contains(b.Descriptor.WorkloadMethod.Name)))
            .AddLogger(new TextLogger(Console.Error))
            .WithArtifactsPath(folder.Path);
        var summary = BenchmarkRunner.Run<T>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Length == 0 || summary.Reports.Any(r => r.ResultStatistics is null))
        {
            throw new InvalidOperationException($"{typeof(T).Name} could not be measured.");
        }

        var baseline = summary.Reports.FirstOrDefault(r => r.BenchmarkCase.Descriptor.Baseline);
        return summary.Reports.ToDictionary(
            r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name, r => Of(r, baseline), StringComparer.Ordinal);
    }

    private static Measured Of(BenchmarkReport report, BenchmarkReport? baseline) => new(
        report.ResultStatistics!.Median,
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0,
        report.ResultStatistics.Median / baseline?.ResultStatistics!.Median);

    /// <summary>What was measured of one benchmark.</summary>
    /// <param name="Nanoseconds">The median of an operation.</param>
    /// <param name="Bytes">Allocated by an operation.</param>
    /// <param name="Ratio">To the baseline; null where there is none.</param>
    internal sealed record Measured(double Nanoseconds, long Bytes, double? Ratio);
}
