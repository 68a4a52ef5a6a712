using System.Diagnostics;
using KohakuRiver.Auth.Benchmarks.Hosting;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>Two hosts over one PostgreSQL: what is revoked through one is refused by the other, and what that costs.</summary>
internal static class InstancesSuite
{
    private const string Database = "instances";
    private const double Goal = 0.60;
    private const int Workers = 8;

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var report = new Report("instances");
        await using var server = PostgresServer.TryStart();
        if (server is null)
        {
            report.Add(new Row("PostgreSQL", 0, "") { Note = "not installed on this machine" });
            return report;
        }

        using var folder = new TempFolder();
        var connectionString = await server.CreateDatabaseAsync(Database);
        var (a, readyA) = await Child.StartAsync<Instance.Ready>("instance", folder.Path, connectionString);
        await using var aEnd = a;
        var (b, readyB) = await Child.StartAsync<Instance.Ready>("instance", folder.Path, connectionString);
        await using var bEnd = b;
        await AddRevocationsAsync(report, readyA, readyB, options.Quick ? 2_000 : 10_000);
        await AddThroughputAsync(report, readyB, options);
        await AddQueriesAsync(report, readyB, server, options);
        return report;
    }

    private static async Task AddRevocationsAsync(Report report, Instance.Ready a, Instance.Ready b, int tries)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            // Half of them the other way round.
            var (from, to) = worker % 2 == 0 ? (a, b) : (b, a);
            using var revoker = new Revoker(from, to);
            var stale = 0;
            for (var i = worker; i < tries; i += Workers)
            {
                stale += await revoker.IsStaleAsync() ? 1 : 0;
            }

            return stale;
        })));
        var sum = counts.Sum();
        report.Add(new Row("revoked on one, accepted by the other", sum, $"of {tries}", "0", sum == 0)
        {
            Note = $"{Workers} at a time, {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s",
        });
    }

    private static async Task AddThroughputAsync(Report report, Instance.Ready ready, BenchmarkOptions options)
    {
        foreach (var target in ready.Targets)
        {
            await LoadGenerator.MeasureAsync(target, options.Quick ? 2 : 5);
        }

        var rates = await Rounds.AlternateAsync(
            options.Quick ? 3 : 9,
            [.. ready.Targets.Select(t => (Func<Task<double>>)(() => LoadGenerator.MeasureAsync(t, options.Quick ? 2 : 4)))]);
        for (var i = 0; i < rates.Length; i++)
        {
            var ratio = rates[i] / rates[0];
            report.Add(i == 1
                ? new Row(
                    ready.Targets[i].Name,
                    rates[i],
                    "req/s",
                    $">= {Goal:0.00} of anonymous, above the look-up",
                    ratio >= Goal && rates[i] > rates[2]) { Ratio = ratio }
                : new Row(ready.Targets[i].Name, rates[i], "req/s") { Ratio = ratio });
        }
    }

    /// <summary>Statements a second under little and much load.</summary>
    private static async Task AddQueriesAsync(Report report, Instance.Ready ready, PostgresServer server, BenchmarkOptions options)
    {
        int[] loads = [4, 16, 64];
        var seconds = options.Quick ? 2 : 5;
        var first = 0.0;
        foreach (var connections in loads)
        {
            var before = await server.CountStatementsAsync(Database);
            var started = Stopwatch.GetTimestamp();
            var rate = await LoadGenerator.MeasureAsync(ready.Targets[1], seconds, connections);
            var queries = (await server.CountStatementsAsync(Database) - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
            first = first == 0 ? queries : first;
            var last = connections == loads[^1];
            report.Add(
                new Row(
                    $"queries/s, {connections} connections",
                    queries,
                    "/s",
                    last ? "flat (<= 1.5 of 4 connections)" : "",
                    last ? queries <= 1.5 * first : null)
            {
                Ratio = queries / first,
                Note = $"{rate:#,0} req/s, {queries / rate:0.###} queries a request".Replace(',', ' '),
            });
        }
    }
}
