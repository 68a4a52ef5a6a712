using System.Globalization;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The same look-ups in databases of different sizes, in turns.</summary>
internal static class ScaleSuite
{
    private const double Goal = 1.5;

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var sizes = options.Users ?? (options.Quick ? [1_000, 20_000] : [1_000, 100_000, 1_000_000]);
        var approvals = options.Quick ? 50_000 : 1_000_000;
        var report = new Report("scale");
        if (options.Engine is null or "sqlite")
        {
            using var folder = new TempFolder();
            await MeasureAsync(
                report, "SQLite", options, sizes, users => ScaleDatabase.OpenSqliteAsync(folder.File($"{users}.db"), users, approvals));
        }

        if (options.Engine is null or "postgresql")
        {
            await using var server = PostgresServer.TryStart();
            if (server is null)
            {
                report.Add(new Row("PostgreSQL", 0, "") { Note = "not installed on this machine" });
                return report;
            }

            await MeasureAsync(report, "PostgreSQL", options, sizes, users => ScaleDatabase.OpenPostgreSqlAsync(server, users, approvals));
        }

        return report;
    }

    private static async Task MeasureAsync(
        Report report, string engine, BenchmarkOptions options, IReadOnlyList<int> sizes, Func<int, Task<ScaleDatabase>> open)
    {
        var databases = new List<ScaleDatabase>();
        try
        {
            foreach (var users in sizes)
            {
                databases.Add(await open(users));
                await Console.Error.WriteLineAsync($"  {engine}, {Name(users)} users: filled");
            }

            foreach (var (name, repetitions, work, hasGoal) in ScaleQueries.All)
            {
                var measured = databases.Select(d => (Func<Task<double>>)(() => Loop.NanosecondsAsync(repetitions, () => work(d))))
                    .ToArray();
                foreach (var warm in measured)
                {
                    await warm();
                }

                var times = await Rounds.AlternateAsync(options.Quick ? 5 : 9, measured);
                for (var i = 0; i < times.Length; i++)
                {
                    var ratio = times[i] / times[0];
                    var judged = hasGoal && i == times.Length - 1 && i > 0;
                    report.Add(
                        new Row(
                            $"{engine}, {Name(sizes[i])} users: {name}",
                            times[i] / 1_000,
                            "µs",
                            judged ? $"<= {Goal:0.0} of {Name(sizes[0])}" : "",
                            judged ? ratio <= Goal : null)
                    {
                        Ratio = ratio,
                    });
                }
            }
        }
        finally
        {
            foreach (var database in databases)
            {
                await database.DisposeAsync();
            }
        }
    }

    private static string Name(int users) => users switch
    {
        >= 1_000_000 when users % 1_000_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{users / 1_000_000} M"),
        >= 1_000 when users % 1_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{users / 1_000} k"),
        _ => users.ToString(CultureInfo.InvariantCulture),
    };
}
