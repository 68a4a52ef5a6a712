using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>One credential check, through the service every request goes through.</summary>
internal static class AuthSuite
{
    private const int Counted = 100;

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        var measured = Micro.Run<AuthBenchmarks>(options);
        await using var world = await AuthWorld.CreateAsync();
        var epoch = (await world.Changes.ReadAsync(-1, CancellationToken.None)).Epoch;
        var report = new Report("auth");
        var hash = measured[nameof(AuthBenchmarks.Hash)];
        report.Add(new Row("secret read and hashed (SecretText)", hash.Nanoseconds, "ns") { Note = $"{hash.Bytes} B" });
        await AddAsync(
            "validation alone",
            nameof(AuthBenchmarks.ValidateAsync),
            async () => await world.Changes.ReadAsync(epoch, CancellationToken.None));
        await AddAsync(
            "token used before, checked and validated",
            nameof(AuthBenchmarks.TokenAsync),
            async () => await world.CheckTokenAsync(world.Token));
        await AddAsync(
            "session used before, checked and validated",
            nameof(AuthBenchmarks.SessionAsync),
            async () => await world.CheckSessionAsync(world.Session));
        await AddFirstUsesAsync(report, world, options.Quick ? 150 : 500);
        return report;

        async Task AddAsync(string name, string method, Func<Task> work)
        {
            await work();
            var of = measured[method];
            report.Add(new Row(name, of.Nanoseconds, "ns") { Note = $"{of.Bytes} B, {await QueriesAsync(Counted, work):0.##} queries" });
        }
    }

    private static async Task<double> QueriesAsync(int repetitions, Func<Task> work)
    {
        using var queries = await QueryCounter.StartAsync();
        await Loop.NanosecondsAsync(repetitions, work);
        return queries.Count / (double)repetitions;
    }

    /// <summary>By hand: a first use cannot be repeated, and making the next token is dearer than using it.</summary>
    private static async Task AddFirstUsesAsync(Report report, AuthWorld world, int count)
    {
        var tokens = new Queue<string>();
        for (var i = 0; i < (count * 2) + 1; i++)
        {
            tokens.Enqueue(await world.NewTokenAsync());
        }

        // The first of them pays for the compilation of whatever a first use needs beside.
        await OnceAsync();
        var time = await Loop.NanosecondsAsync(count, OnceAsync);
        var each = await QueriesAsync(count, OnceAsync);
        report.Add(new Row("token used for the first time", time, "ns", "one query", each == 1) { Note = $"{each:0.###} queries" });

        async Task OnceAsync() => await world.CheckTokenAsync(tokens.Dequeue());
    }
}
