using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The library's hasher beside the system's bcrypt.</summary>
internal static class PasswordSuite
{
    private const double Milliseconds = 1e6;

    public static Task<Report> RunAsync(BenchmarkOptions options)
    {
        using var crypt = SystemCrypt.TryLoad();
        var measured = Micro.Run<PasswordBenchmarks>(options, crypt is null ? [nameof(PasswordBenchmarks.Crypt)] : []);
        var ours = measured[nameof(PasswordBenchmarks.Verify)];
        var report = new Report("password");
        bool? isReached = ours.Ratio is { } ratio ? ratio <= 1.5 : null;
        var name = $"verify, cost {PasswordBenchmarks.Cost}";
        report.Add(new Row(name, ours.Nanoseconds / Milliseconds, "ms", "<= 1.5 of crypt(3)", isReached) { Ratio = ours.Ratio });
        report.Add(measured.TryGetValue(nameof(PasswordBenchmarks.Crypt), out var theirs)
            ? new Row("crypt(3)", theirs.Nanoseconds / Milliseconds, "ms") { Ratio = theirs.Ratio }
            : new Row("crypt(3)", 0, "", Passed: null) { Note = "no libcrypt with bcrypt on this machine" });
        return Task.FromResult(report);
    }
}
