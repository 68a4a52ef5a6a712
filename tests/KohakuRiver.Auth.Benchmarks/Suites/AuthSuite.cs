using System.Diagnostics;
using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Processes;
using KohakuRiver.Auth.Benchmarks.Reporting;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>One credential check, through the service every request goes through.</summary>
internal static class AuthSuite
{
    private const string Password = "correct horse battery staple";

    public static async Task<Report> RunAsync(BenchmarkOptions options)
    {
        using var folder = new TempFolder();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKohakuAuth(o => o.Limits.TokensPerUser = 100_000).UseSqlite($"Data Source={folder.File("auth.db")}");
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<KohakuStoreSet>().InitializeAsync(CancellationToken.None);
        var credentials = provider.GetRequiredService<CredentialService>();
        await provider.GetRequiredService<UserService>().CreateAsync(Actor.Host, new CreateUserCommand { Username = "worker", Password = Password, Role = Role.User });
        var session = (await provider.GetRequiredService<LoginService>().LogInAsync("worker", Password, new ClientInfo())).Require().Secret.Reveal();
        var actor = (await credentials.FindSessionActorAsync(session, null))!;
        var repetitions = options.Quick ? 2_000 : 20_000;
        var firsts = new Queue<string>();
        for (var i = 0; i < (options.Quick ? 300 : 1_000); i++)
        {
            firsts.Enqueue((await provider.GetRequiredService<TokenService>().CreateAsync(actor, "first", null, null)).Require().Secret.Reveal());
        }

        var token = firsts.Dequeue();
        var report = new Report("auth");
        AddHash(report, options, token);
        await AddValidationAsync(report, repetitions, provider.GetRequiredService<KohakuStoreSet>().Changes!);
        await AddAsync(report, "token used before, checked and validated", repetitions, () => credentials.FindTokenActorAsync(token, "127.0.0.1"));
        await AddAsync(report, "session used before, checked and validated", repetitions, () => credentials.FindSessionActorAsync(session, "127.0.0.1"));
        await AddFirstUsesAsync(report, credentials, firsts);
        return report;
    }

    /// <summary>What comes before any look-up: reading the secret and hashing it.</summary>
    private static void AddHash(Report report, BenchmarkOptions options, string token)
    {
        void Body(int repetitions)
        {
            for (var i = 0; i < repetitions; i++)
            {
                _ = SecretText.TryParse(SecretKind.ApiToken, token, out var parsed) ? parsed.Hash() : throw new InvalidOperationException();
            }
        }

        Body(100_000);
        var time = Rounds.Alternate(options.Quick ? 5 : 11, [() => Loop.Nanoseconds(200_000, Body)])[0];
        report.Add(new Row("secret read and hashed (SecretText)", time, "ns") { Note = $"{Loop.Bytes(100_000, Body):0} B" });
    }

    /// <summary>The part of a check that makes sure nothing was revoked: reading the epoch where nothing has been written meanwhile.</summary>
    private static async Task AddValidationAsync(Report report, int repetitions, IChangeEpoch changes)
    {
        var epoch = (await changes.ReadAsync(-1, CancellationToken.None)).Epoch;
        await AddAsync(report, "validation alone", repetitions, async times =>
        {
            for (var i = 0; i < times; i++)
            {
                _ = await changes.ReadAsync(epoch, CancellationToken.None);
            }
        });
    }

    private static Task AddAsync(Report report, string name, int repetitions, Func<ValueTask<Actor?>> check) => AddAsync(report, name, repetitions, async times =>
    {
        for (var i = 0; i < times; i++)
        {
            _ = await check() ?? throw new InvalidOperationException("The credential was refused.");
        }
    });

    private static async Task AddAsync(Report report, string name, int repetitions, Func<int, Task> work)
    {
        // Long enough for the code to be compiled for good.
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2))
        {
            await work(repetitions);
        }

        var times = await Rounds.AlternateAsync(5, [async () => await Loop.NanosecondsAsync(1, () => work(repetitions)) / repetitions]);
        var bytes = await Loop.BytesAsync(1, () => work(repetitions)) / repetitions;
        report.Add(new Row(name, times[0], "ns") { Note = $"{bytes:0} B, {await QueriesAsync(100, () => work(1)):0.##} queries" });
    }

    private static async Task<double> QueriesAsync(int repetitions, Func<Task> work)
    {
        using var queries = await QueryCounter.StartAsync();
        await Loop.NanosecondsAsync(repetitions, work);
        return queries.Count / (double)repetitions;
    }

    private static async Task AddFirstUsesAsync(Report report, CredentialService credentials, Queue<string> tokens)
    {
        // The first of them pays for the compilation of whatever a first use needs beside.
        await credentials.FindTokenActorAsync(tokens.Dequeue(), "127.0.0.1");
        var count = tokens.Count / 2;
        var time = await Loop.NanosecondsAsync(count, Once);
        var each = await QueriesAsync(count, Once);
        report.Add(new Row("token used for the first time", time, "ns", "one query", each == 1) { Note = $"{each:0.###} queries" });

        async Task Once() => _ = await credentials.FindTokenActorAsync(tokens.Dequeue(), "127.0.0.1") ?? throw new InvalidOperationException("The credential was refused.");
    }
}
