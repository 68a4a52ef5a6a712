using System.Globalization;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>The pages of the panel over many users, by their first byte, as an admin gets them.</summary>
internal static class PanelSuite
{
    private const double Goal = 50;
    private const int MostBytes = 150 * 1024;

    // Name, address, whether it has the goal: a search by a part of names goes through the names of all.
    private static readonly (string Name, string Path, bool HasGoal)[] Pages =
    [
        ("users", "users", true),
        ("users, oldest first", "users?sort=created_at", true),
        ("users by name", "users?sort=username", true),
        ("users by name, downwards", "users?sort=-username", true),
        ("users by role", "users?sort=role", true),
        ("users by role, downwards", "users?sort=-role", true),
        ("users by last login", "users?sort=last_login", true),
        ("users by last login, downwards", "users?sort=-last_login", true),
        ("users, role viewer", "users?role=viewer", true),
        ("users, role admin", "users?role=admin", true),
        ("users, disabled", "users?is_active=false", true),
        ("users of a group", "users?group_id=1", true),
        ("users, a part of ten names", "users?search=ser000012", false),
        ("users, a part of everybody's name", "users?search=ser0", false),
        ("users, a part of nobody's name", "users?search=nobody-has-this", false),
        ("overview", "", true),
        ("a user", "users/12345", true),
        ("a group", "groups/1", true),
        ("groups", "groups", true),
        ("audit log", "audit", true),
        ("audit log, one person", "audit?actor=user0000001", true),
        ("audit log, logins", "audit?action=auth.login", true),
        ("all tokens", "tokens/all", true),
        ("all tokens, by their beginning", "tokens/all?search=krt_00ab", true),
        ("own account and sessions", "account", true),
        ("approvals", "approvals", true),
        ("approval history", "approvals/history", true),
        ("search, a token's beginning", "search?q=krt_00ab", false),
        ("search, a part of ten names", "search?q=ser000012", false),
    ];

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var users = options.Users?[^1] ?? (options.Quick ? 20_000 : 100_000);
        var report = new Report("panel");
        if (options.Engine is null or "sqlite")
        {
            using var folder = new TempFolder();
            await using var world = await PanelWorld.OpenSqliteAsync(folder.File("panel.db"), users, users, users);
            await MeasureAsync(report, "SQLite", world, options);
        }

        if (options.Engine is null or "postgresql")
        {
            await using var server = PostgresServer.TryStart();
            if (server is null)
            {
                report.Add(new Row("PostgreSQL", 0, "") { Note = "not installed on this machine" });
                return report;
            }

            await using var world = await PanelWorld.OpenPostgreSqlAsync(server, users, users, users);
            await MeasureAsync(report, "PostgreSQL", world, options);
        }

        return report;
    }

    private static async Task MeasureAsync(Report report, string engine, PanelWorld world, BenchmarkOptions options)
    {
        var pages = Pages.ToList();
        pages.Insert(1, ("users, twentieth page", await world.FindPageAsync("users", 20), true));
        pages.Insert(2, ("users by name, twentieth page", await world.FindPageAsync("users?sort=username", 20), true));
        var (turns, repetitions) = options.Quick ? (3, 5) : (5, 20);
        var figures = pages.ConvertAll(_ => (Times: new List<double>(), Processor: TimeSpan.Zero, Bytes: 0));

        // In turns, so that whatever else the machine does meanwhile meets all of them; the first is for what is compiled and read once.
        for (var turn = -1; turn < turns; turn++)
        {
            for (var i = 0; i < pages.Count; i++)
            {
                var before = world.Host.Processor;
                var got = new List<(double Milliseconds, int Bytes)>();
                for (var n = 0; n < repetitions; n++)
                {
                    got.Add(await world.GetAsync(pages[i].Path));
                }

                if (turn >= 0)
                {
                    figures[i].Times.AddRange(got.Select(g => g.Milliseconds));
                    figures[i] = (figures[i].Times, figures[i].Processor + world.Host.Processor - before, got.Max(g => g.Bytes));
                }
            }
        }

        for (var i = 0; i < pages.Count; i++)
        {
            var (times, processor, bytes) = figures[i];
            var median = Rounds.Percentile(times, 0.5);
            var hasGoal = pages[i].HasGoal;
            var row = new Row(
                $"{engine}: {pages[i].Name}", median, "ms", hasGoal ? $"<= {Goal:0} ms" : "", hasGoal ? median <= Goal : null);
            report.Add(row with
            {
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"p95 {Rounds.Percentile(times, 0.95):0} ms, processor {processor.TotalMilliseconds / times.Count:0.0} ms, "
                    + $"{bytes / 1024} KB{(bytes > MostBytes ? ", too heavy" : "")}"),
            });
        }
    }
}
