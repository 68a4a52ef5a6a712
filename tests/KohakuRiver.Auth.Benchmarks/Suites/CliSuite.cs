using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>
/// The command line from its start to its end: as it is installed on this platform, and as it is installed where there is no package for
/// the platform. Each start is a process, in turns.
/// </summary>
internal static class CliSuite
{
    private const string Username = "ada";
    private const string Password = "seven grey herons over the weir";

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var hello = await InstalledTool.BuildOneWordAsync(folder.File("hello"));
        var ahead = await InstalledTool.InstallAsync(folder.File("ahead"), isCompiledAhead: true);
        var portable = await InstalledTool.InstallAsync(folder.File("portable"), isCompiledAhead: false);
        var (host, _) = await SampleHost.StartAsync();
        await using var hostEnd = host;
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KOHAKU_HOST"] = host.Address.GetLeftPart(UriPartial.Authority),
            ["KOHAKU_TOKEN"] = await TokenAsync(host),
            ["KOHAKU_HOME"] = folder.File("home"),
        };
        var report = new Report("cli");
        var rounds = options.Quick ? 11 : 41;
        await AddAsync(report, "--version", rounds, 45, Programs("--version"), environment);
        await AddAsync(report, "auth whoami --json", rounds, 120, Programs("auth", "whoami", "--json"), environment);
        return report;

        List<(string Name, string Program, string[] Arguments)> Programs(params string[] arguments)
        {
            List<(string, string, string[])> all =
            [
                ("compiled for this platform", ahead, arguments), ("package for all platforms", portable, arguments),
                ("beside it a program that says one word", hello, []),
            ];
            if (options.Older is { } older)
            {
                all.Add(("older program", older, arguments));
            }

            return all;
        }
    }

    /// <summary>Rows for programs in turns; the first has the goal, and the ratio is to the second, which is for all platforms.</summary>
    private static async Task AddAsync(
        Report report, string what, int rounds, double goal, List<(string Name, string Program, string[] Arguments)> programs,
        Dictionary<string, string> environment)
    {
        // Twice first, for the operating system's cache of files and for what the host does once.
        var figures = programs.ConvertAll(_ => new double[rounds]);
        for (var round = -2; round < rounds; round++)
        {
            for (var i = 0; i < programs.Count; i++)
            {
                var took = await StartAsync(programs[i].Program, programs[i].Arguments, environment);
                if (round >= 0)
                {
                    figures[i][round] = took;
                }
            }
        }

        for (var i = 0; i < programs.Count; i++)
        {
            var median = Rounds.Median(figures[i]);
            report.Add(new Row(
                $"{what}, {programs[i].Name}", median, "ms", i == 0 ? $"<= {goal:0} ms" : "", i == 0 ? median <= goal : null)
            {
                Ratio = median / Rounds.Median(figures[1]),
                Note = $"{rounds} starts, fastest {figures[i].Min():0.0} ms",
            });
        }
    }

    private static async Task<double> StartAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return process.ExitCode == 0 && output.Length > 0
            ? took
            : throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {await errors}");
    }

    private static async Task<string> TokenAsync(SampleHost host)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var made = await client.PostAsJsonAsync(
            new Uri($"/api/auth/register?token={SampleHost.RegisterSecret}", UriKind.Relative),
            new { username = Username, password = Password });
        made.EnsureSuccessStatusCode();
        using var token = await client.PostAsJsonAsync(new Uri("/api/auth/tokens/create", UriKind.Relative), new { name = "benchmark" });
        return (await token.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["token"]!.GetValue<string>();
    }
}
