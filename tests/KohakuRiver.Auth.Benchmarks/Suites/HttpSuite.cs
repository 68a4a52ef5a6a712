using KohakuRiver.Auth.Benchmarks.Hosting;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>Requests per second of one endpoint behind each way of authentication, beside the same endpoint behind none.</summary>
internal static class HttpSuite
{
    private const double RateGoal = 0.70;
    private const double ProcessorGoal = 0.65;
    private const double MostMicroseconds = 9;
    private const double MostBytes = 4.5 * 1024;

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var (child, targets) = await Child.StartAsync<Target[]>("http", folder.Path);
        await using var childEnd = child;
        foreach (var target in targets)
        {
            await LoadGenerator.MeasureAsync(target, options.Quick ? 2 : 5);
        }

        var processor = targets.Select(_ => new List<double>()).ToArray();
        var rates = await Rounds.AlternateAsync(
            options.Quick
                ? 3
                : 9,
                [.. targets.Select((t, i) => (Func<Task<double>>)(() => MeasureAsync(child, t, options.Quick ? 2 : 4, processor[i])))]);
        var report = new Report("http");
        var anonymous = rates[IndexOf(HttpContenders.Anonymous)];
        string[] peers = [HttpContenders.IdentityBearer, HttpContenders.IdentityCookie, HttpContenders.LookUp];
        var bestPeer = peers.Max(p => rates[IndexOf(p)]);
        for (var i = 0; i < targets.Length; i++)
        {
            var ratio = rates[i] / anonymous;
            report.Add(IsOurs(targets[i])
                ? new Row(
                    targets[i].Name,
                    rates[i],
                    "req/s",
                    $">= {RateGoal:0.00} of anonymous, above every peer",
                    ratio >= RateGoal && rates[i] > bestPeer) { Ratio = ratio }
                : new Row(targets[i].Name, rates[i], "req/s") { Ratio = ratio, Note = i == 0 ? LoadGenerator.Name : "" });
        }

        var least = Rounds.Median([.. processor[0]]);
        for (var i = 0; i < targets.Length; i++)
        {
            var spent = Rounds.Median([.. processor[i]]);
            var what = $"server's processor time, {targets[i].Name}";
            report.Add(IsOurs(targets[i])
                ? new Row(
                    what,
                    spent,
                    "µs/req",
                    $">= {ProcessorGoal:0.00} of anonymous, <= {MostMicroseconds:0} µs more",
                    least / spent >= ProcessorGoal && spent - least <= MostMicroseconds) { Ratio = least / spent }
                : new Row(what, spent, "µs/req") { Ratio = least / spent });
        }

        await AddAllocationsAsync(report, child, targets, options.Quick ? 5_000 : 20_000);
        return report;

        int IndexOf(string name) => Array.FindIndex(targets, t => t.Name == name);
    }

    private static bool IsOurs(Target target) => target.Name is HttpContenders.OurToken or HttpContenders.OurCookie;

    /// <summary>
    /// Requests per second; beside it what the server's processor spent on each, which says the same whatever else the
    /// machine does and whatever the load generator costs.
    /// </summary>
    private static async Task<double> MeasureAsync(Child child, Target target, int seconds, List<double> processor)
    {
        var before = await child.AskAsync("processor");
        var rate = await LoadGenerator.MeasureAsync(target, seconds);
        processor.Add((await child.AskAsync("processor") - before) / (rate * seconds));
        return rate;
    }

    /// <summary>Bytes the server allocates a request, beyond those of an anonymous one.</summary>
    private static async Task AddAllocationsAsync(Report report, Child child, Target[] targets, int requests)
    {
        var anonymous = 0.0;
        foreach (var target in targets)
        {
            using var connection = await RawConnection.OpenAsync(new Uri(target.Url), target.Header);
            await SendAsync(connection, 100);
            var before = await child.AskAsync("allocated");
            await SendAsync(connection, requests);
            var bytes = (await child.AskAsync("allocated") - before) / (double)requests;
            if (target.Name == HttpContenders.Anonymous)
            {
                anonymous = bytes;
            }

            var note = $"{bytes - anonymous:+#,0;-#,0;0} B".Replace(',', ' ');
            report.Add(IsOurs(target)
                ? new Row($"allocated, {target.Name}", bytes, "B/req", "<= 4.5 KB", bytes <= MostBytes) { Note = note }
                : new Row($"allocated, {target.Name}", bytes, "B/req") { Note = note });
        }
    }

    private static async Task SendAsync(RawConnection connection, int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            if (await connection.SendAsync() != 200)
            {
                throw new InvalidOperationException("An answer was not 200.");
            }
        }
    }
}
