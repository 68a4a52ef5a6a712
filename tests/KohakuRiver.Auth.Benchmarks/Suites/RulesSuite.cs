using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>What one decision of the rules costs.</summary>
internal static class RulesSuite
{
    public static Task<Report> RunAsync(BenchmarkOptions options)
    {
        var measured = Micro.Run<RulesBenchmarks>(options);
        var report = new Report("rules");
        Add("AccessRules.Decide", measured[nameof(RulesBenchmarks.Decide)]);
        Add("PermissionTable.Decide (by name)", measured[nameof(RulesBenchmarks.DecideByName)]);
        return Task.FromResult(report);

        void Add(string name, Micro.Measured of) =>
            report.Add(new Row(name, of.Nanoseconds, "ns", "< 50 ns, 0 B", of is { Nanoseconds: < 50, Bytes: 0 })
            {
                Note = $"{of.Bytes} B",
            });
    }
}
