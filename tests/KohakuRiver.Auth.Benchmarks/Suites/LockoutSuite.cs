using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>
/// One address that keeps as many logins under way as it can, while twenty people at addresses of their own log in now and then: whether
/// they get in, and how soon. What floods and what is flooded share the machine.
/// </summary>
internal static class LockoutSuite
{
    private const string Password = "correct horse battery staple";
    private const string AdminSecret = "benchmarks-admin-secret-0123456789-abc";
    private const int People = 20;
    private const int SoonEnough = 3000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var report = new Report("lockout");
        var length = TimeSpan.FromSeconds(options.Quick ? 30 : 120);
        await AddAsync(report, "no flood", length / 4, 0, _ => "");
        await AddAsync(
            report, "wrong passwords, 200 connections", length, 200,
            i => $$"""{"username":"nobody{{i}}","password":"this is not the password"}""");
        await AddAsync(
            report, "right password of one viewer, 40 connections", length, 40,
            _ => $$"""{"username":"viewer","password":"{{Password}}"}""");
        return report;
    }

    private static async Task AddAsync(Report report, string name, TimeSpan length, int connections, Func<int, string> login)
    {
        var (host, _) = await SampleHost.StartAsync(("ADMIN_SECRET", AdminSecret));
        await using var hostEnd = host;
        var people = Enumerable.Range(0, People).Select(i => ClientFrom(host, IPAddress.Parse($"127.0.1.{i + 1}"))).ToList();
        await MakeUsersAsync(people[0]);

        // Once each, so that nothing below is a first time.
        await LogInAsync(people[0], 0);
        var answers = new ConcurrentDictionary<int, int>();
        using var over = new CancellationTokenSource();
        var flood = Enumerable.Range(0, connections).Select(i => Task.Run(() => FloodAsync(host, login(i), answers, over.Token))).ToList();
        await Task.Delay(TimeSpan.FromSeconds(connections == 0 ? 0 : 2), TimeProvider.System);

        // At their own times, however long the ones before take.
        var logins = new List<Task<(int Status, double Milliseconds)>>();
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(begun) < length; i++)
        {
            logins.Add(LogInAsync(people[i % People], i % People));
            await Task.Delay(Every, TimeProvider.System);
        }

        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var others = await Task.WhenAll(logins);
        await over.CancelAsync();
        await Task.WhenAll(flood);
        people.ForEach(p => p.Dispose());

        var soon = others.Count(o => o is { Status: 200, Milliseconds: <= SoonEnough });
        var share = soon * 100.0 / others.Length;
        report.Add(new Row($"{name}: others' logins within 3 s", share, "%", ">= 95 %", share >= 95)
        {
            Note = $"{others.Length} from {People} addresses, {Every.TotalSeconds:0} s apart: "
                + Counts(others.GroupBy(o => o.Status).ToDictionary(g => g.Key, g => g.Count())),
        });
        var times = others.Select(o => o.Milliseconds).ToList();
        report.Add(new Row($"{name}: others' logins, p95", Rounds.Percentile(times, 0.95), "ms")
        {
            Note = $"median {Rounds.Percentile(times, 0.5):0} ms",
        });
        if (connections > 0)
        {
            report.Add(new Row($"{name}: answers to the flood", answers.Values.Sum() / seconds, "/s") { Note = Counts(answers) });
        }
    }

    private static async Task MakeUsersAsync(HttpClient client)
    {
        foreach (var username in Enumerable.Range(0, People).Select(Name).Append("viewer"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/auth/users", UriKind.Relative))
            {
                Content = JsonContent.Create(new { username, password = Password, role = "viewer" }),
            };
            request.Headers.Add("X-Admin-Token", AdminSecret);
            using var made = await client.SendAsync(request);
            made.EnsureSuccessStatusCode();
        }
    }

    private static async Task FloodAsync(
        SampleHost host, string body, ConcurrentDictionary<int, int> answers, CancellationToken cancellationToken)
    {
        var login = new Uri(host.Address, "/api/auth/login");
        using var connection = await RawConnection.OpenPostAsync(login, body, IPAddress.Parse("127.0.0.2"));
        while (!cancellationToken.IsCancellationRequested)
        {
            answers.AddOrUpdate(await connection.SendAsync(), 1, (_, count) => count + 1);
        }
    }

    private static async Task<(int Status, double Milliseconds)> LogInAsync(HttpClient client, int person)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/auth/login", UriKind.Relative), new { username = Name(person), password = Password });
        return ((int)answer.StatusCode, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static HttpClient ClientFrom(SampleHost host, IPAddress address)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
                new NetworkStream(
                    await RawConnection.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, address, cancellationToken),
                    ownsSocket: true),
        };
        return new HttpClient(handler) { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    private static string Name(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}");

    private static string Counts(IReadOnlyDictionary<int, int> answers) =>
        string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"));
}
