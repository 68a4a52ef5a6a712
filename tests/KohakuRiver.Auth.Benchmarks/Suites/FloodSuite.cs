using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>
/// Fifty people at once with wrong passwords, wave after wave, while somebody asks the host how it is.
/// </summary>
internal static class FloodSuite
{
    private const int Parallel = 50;
    private const string Username = "admin";

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var report = new Report("flood");
        await AddAsync(report, "default limits", options.Quick ? 2 : 3);

        // Without the limit a minute every wave reaches the hashing queue: the worst the host can be made to do.
        await AddAsync(
            report,
            "no limit a minute",
            options.Quick ? 2 : 5,
            ("KohakuAuth__Throttling__LoginFailuresPerMinute", "1000000"),
            ("KohakuAuth__Throttling__LockoutThreshold", "1000000"));
        return report;
    }

    private static async Task AddAsync(Report report, string name, int waves, params (string Name, string Value)[] environment)
    {
        var (host, _) = await SampleHost.StartAsync(environment);
        await using var hostEnd = host;
        using var client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(5) };
        using var made = await client.PostAsJsonAsync(
            new Uri($"/api/auth/register?token={SampleHost.RegisterSecret}", UriKind.Relative),
            new { username = Username, password = "correct horse battery staple" });
        made.EnsureSuccessStatusCode();

        // Once each, so that nothing below is a first time.
        await LogInAsync(client);
        await PollAsync(host, TimeSpan.FromSeconds(1), CancellationToken.None);
        var idle = await PollAsync(host, TimeSpan.FromSeconds(2), CancellationToken.None);
        var before = host.Memory;

        var answers = new List<(HttpStatusCode Status, double Milliseconds)>();
        using var over = new CancellationTokenSource();
        var polling = Task.Run(() => PollAsync(host, TimeSpan.FromMinutes(30), over.Token));
        for (var wave = 0; wave < waves; wave++)
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => LogInAsync(client))));
        }

        await over.CancelAsync();
        var health = await polling;
        var p99 = Rounds.Percentile(health, 0.99);
        report.Add(new Row($"{name}: health p99", p99, "ms", "< 100 ms", p99 < 100)
        {
            Note = $"{health.Count} polls; idle p99 {Rounds.Percentile(idle, 0.99):0.0} ms",
        });

        var refused = answers.Where(a => a.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable).ToList();
        var counts = string.Join(", ", answers.GroupBy(a => (int)a.Status).OrderBy(g => g.Key).Select(g => $"{g.Key}: {g.Count()}"));
        var slowest = refused.Count == 0 ? 0 : refused.Max(a => a.Milliseconds);

        // "At once" beside the quarter of a second and more that one hash takes.
        report.Add(new Row($"{name}: slowest refusal (429, 503)", slowest, "ms", "at once (< 250 ms)", refused.Count > 0 && slowest < 250)
        {
            Note = counts,
        });
        var after = host.Memory;
        report.Add(new Row($"{name}: memory after", after / 1048576.0, "MB", "flat (<= 1.25 of before)", after <= before * 1.25)
        {
            Ratio = after / (double)before,
            Note = $"before {before / 1048576.0:0} MB",
        });
    }

    private static async Task<(HttpStatusCode Status, double Milliseconds)> LogInAsync(HttpClient client)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/auth/login", UriKind.Relative), new { username = Username, password = "this is not the password" });
        return (answer.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Asks for the health every 20 ms; milliseconds of every answer.</summary>
    private static async Task<List<double>> PollAsync(SampleHost host, TimeSpan length, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        using var connection = await RawConnection.OpenAsync(new Uri(host.Address, "/api/health"), null);
        var begun = Stopwatch.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested && Stopwatch.GetElapsedTime(begun) < length)
        {
            var started = Stopwatch.GetTimestamp();
            if (await connection.SendAsync() != 200)
            {
                throw new InvalidOperationException("The health check was refused.");
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return times;
    }
}
