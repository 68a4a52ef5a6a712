using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Benchmarks.Processes;

/// <summary>Requests per second from outside the server's process: <c>wrk</c> where it is installed, this program otherwise.</summary>
internal static partial class LoadGenerator
{
    private static readonly string? Wrk = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "wrk")).FirstOrDefault(File.Exists);

    /// <summary>What loads the servers, for the notes.</summary>
    public static string Name => Wrk is null ? "own load generator" : "wrk";

    /// <summary>Requests per second, all of which were answered with 2xx.</summary>
    public static async Task<double> MeasureAsync(Target target, int seconds, int connections = 32)
    {
        var output = Wrk is null ? await OwnAsync(target, seconds, connections) : await WrkAsync(target, seconds, connections);
        if (output.Contains("Non-2xx", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{target.Name}' did not answer 200:\n{output}");
        }

        var found = RequestsPerSecond().Match(output);
        return found.Success
            ? double.Parse(found.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"No figure for '{target.Name}':\n{output}");
    }

    /// <summary>The verb <c>load url connections seconds [header]</c>.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var url = new Uri(arguments[0]);
        var connections = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var length = TimeSpan.FromSeconds(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var header = arguments.ElementAtOrDefault(3);
        var started = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            long good = 0, bad = 0;
            using var connection = await RawConnection.OpenAsync(url, header);
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                if (await connection.SendAsync() is >= 200 and < 300)
                {
                    good++;
                }
                else
                {
                    bad++;
                }
            }

            return (Good: good, Bad: bad);
        })).ToArray();
        var sums = await Task.WhenAll(workers);
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (sums.Sum(s => s.Bad) is var failures and > 0L)
        {
            Console.WriteLine($"Non-2xx responses: {failures}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Requests/sec: {sums.Sum(s => s.Good) / took:0.00}"));
        return 0;
    }

    private static Task<string> WrkAsync(Target target, int seconds, int connections) => ReadAsync(
        Wrk!,
        ["-t1", $"-c{connections}", $"-d{seconds}s", .. target.Header is null ? Array.Empty<string>() : ["-H", target.Header], target.Url]);

    private static Task<string> OwnAsync(Target target, int seconds, int connections)
    {
        string[] arguments =
        [
            "load", target.Url, connections.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture),
            .. target.Header is null ? Array.Empty<string>() : [target.Header],
        ];
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? ReadAsync(program, [typeof(LoadGenerator).Assembly.Location, .. arguments])
            : ReadAsync(program, arguments);
    }

    private static async Task<string> ReadAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RequestsPerSecond();
}
