using KohakuRiver.Auth.Benchmarks;
using KohakuRiver.Auth.Benchmarks.Hosting;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;
using KohakuRiver.Auth.Benchmarks.Suites;

// The parts of a measurement that need a process of their own are this program again.
switch (args.FirstOrDefault())
{
    case "serve":
        return await HostVerbs.RunAsync(args[1..]);
    case "load":
        return await LoadGenerator.RunAsync(args[1..]);
}

var suites = new Dictionary<string, Func<BenchmarkOptions, Task<Report>>>(StringComparer.Ordinal)
{
    ["http"] = HttpSuite.RunAsync,
    ["auth"] = AuthSuite.RunAsync,
    ["rules"] = RulesSuite.RunAsync,
    ["password"] = PasswordSuite.RunAsync,
    ["flood"] = FloodSuite.RunAsync,
    ["lockout"] = LockoutSuite.RunAsync,
    ["scale"] = ScaleSuite.RunAsync,
    ["instances"] = InstancesSuite.RunAsync,
    ["panel"] = PanelSuite.RunAsync,
    ["start"] = StartSuite.RunAsync,
    ["cli"] = CliSuite.RunAsync,
};
if (args.Length == 0 || (args[0] != "all" && !suites.ContainsKey(args[0])))
{
    await Console.Error.WriteLineAsync($"Usage: <{string.Join('|', suites.Keys)}|all> [--quick] [--csv file] [--markdown file] [--users "
        + $"1k,100k,1M] [--engine sqlite|postgresql] [--published folder] [--older program]");
    return 2;
}

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args.Skip(1));
}
catch (Exception e) when (e is ArgumentException or FormatException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

var csv = options.Csv ?? $"benchmarks-{args[0]}.csv";
var failed = false;
await File.WriteAllLinesAsync(csv, [Report.CsvHeading]);
foreach (var (name, run) in suites.Where(s => args[0] == "all" || args[0] == s.Key))
{
    await Console.Error.WriteLineAsync($"running {name} ...");
    try
    {
        var report = await run(options);
        Console.WriteLine(report.ToText());
        await File.AppendAllLinesAsync(csv, report.ToCsv());
        if (options.Markdown is { } markdown)
        {
            report.WriteMarkdown(markdown);
        }
    }
#pragma warning disable CA1031 // The suites after it have figures of their own to tell.
    catch (Exception e)
#pragma warning restore CA1031 // End of the reason above.
    {
        failed = true;
        await Console.Error.WriteLineAsync($"{name} failed: {e}");
    }
}

Console.WriteLine($"CSV: {csv}");

// A goal that was missed is a result; a suite that could not be measured is a failure.
return failed ? 1 : 0;
