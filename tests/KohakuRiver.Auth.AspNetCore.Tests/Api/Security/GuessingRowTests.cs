using KohakuRiver.Auth.Stores;
using KohakuRiver.Tests.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Logins and codes as an attacker sends them.</summary>
public sealed class GuessingRowTests
{
    [Fact]
    [Trait("Requirement", "V4.1.3"), Trait("Requirement", "B5"), Trait("Requirement", "Known_BetterAuth2026")]
    public async Task ForwardedAddress_AnotherForEachGuess_IsIgnored()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Throttling.LoginFailuresPerMinute = 5 });
        var statuses = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            foreach (var header in new[] { "X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP" })
            {
                var value = header == "Forwarded" ? $"for=203.0.113.{i}" : $"203.0.113.{i}";
                var guesser = host.Anonymous with { Address = "192.0.2.1", Header = (header, value) };
                statuses.Add((await guesser.PostAsync("/api/auth/login", new { username = "nobody", password = "wrong" })).Status);
            }
        }

        Assert.Equal([.. Enumerable.Repeat(401, 5), .. Enumerable.Repeat(429, 45)], statuses);
    }

    [Theory]
    [InlineData("/api/auth/login", """{"username":["mary","jane"],"password":"PW"}""", "username")]
    [InlineData("/api/auth/login", """{"username":"mary","password":["PW"]}""", "password")]
    [InlineData("/api/auth/login", """{"username":{"0":"mary"},"password":"PW"}""", "username")]
    [InlineData("/api/auth/login", """{"username":"mary","password":true}""", "password")]
    [InlineData("/api/auth/reset", """{"code":["krr_x","krr_y"],"new_password":"PW"}""", "code")]
    [InlineData("/api/auth/reset", """{"code":"krr_x","new_password":["PW"]}""", "new_password")]
    [InlineData("/api/auth/register", """{"username":["mary"],"password":"PW","invitation_code":"x"}""", "username")]
    [InlineData("/api/auth/register", """{"username":"mary","password":"PW","invitation_code":["x","y"]}""", "invitation_code")]
    [InlineData("/api/auth/register", """{"username":"mary","password":"PW","register_secret":[]}""", "register_secret")]
    [Trait("Requirement", "V15.3.5"), Trait("Requirement", "Known_GitLab2023")]
    public async Task Array_WhereTextBelongs_IsRefusedByName(string path, string body, string field)
    {
        await using var host = await TestHost.StartApiAsync();
        await host.AddAsync(Role.User, "mary");
        var before = await StateDump.OfAsync(host);
        (await host.Anonymous.PostAsync(path, body.Replace("PW", TestHost.Password, StringComparison.Ordinal))).ExpectProblem(400, field);
        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "V16.4.1"), Trait("Requirement", "R7"), Trait("Requirement", "Known_JupyterHub2026")]
    public async Task HugeAndHostileNames_LeaveShortSingleLines()
    {
        var log = new FakeLogCollector();
        await using var host =
            await TestHost.StartApiAsync(new HostSetup { Auth = b =>
                b.Services.AddLogging(l => l.AddProvider(new FakeLoggerProvider(log)).SetMinimumLevel(LogLevel.Trace)) });
        var admin = await host.AddAsync(Role.Admin);
        var huge = new string('x', 60_000);
        const string hostile = "mary\r\nlevel=Critical forged\u001b[2J\u2028\u0085";
        foreach (var name in new[] { huge, hostile })
        {
            (await host.Anonymous.PostAsync("/api/auth/login", new { username = name, password = "wrong" })).ExpectProblem(401);
            (await host.Anonymous.PostAsync(
                "/api/auth/register",
                new { username = name, password = TestHost.Password, invitation_code = "x" })).ExpectProblem(400, "username");
            (await admin.Session.PostAsync("/api/auth/users", new { username = name, password = TestHost.Password, role = "user" }))
                .ExpectProblem(400, "username");
            var agent = "agent" + name[..Math.Min(name.Length, 8_000)].Replace("\r\n", "\t", StringComparison.Ordinal);
            await (host.Anonymous with { Header = ("User-Agent", agent) }).GetAsync("/api/auth/users");
        }

        var entries = (await admin.Session.GetAsync("/api/auth/audit?limit=500")).Text;
        Assert.DoesNotContain("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", entries, StringComparison.Ordinal);
        Assert.DoesNotContain("forged", entries, StringComparison.Ordinal);
        Assert.NotEmpty(log.Texts());
        Assert.All(log.Texts().Where(l => !l.Contains("Microsoft.", StringComparison.Ordinal)), line =>
        {
            Assert.True(line.Length < 2_000, $"{line.Length} characters in one line.");
            Assert.DoesNotContain("level=Critical forged", line, StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', line);
        });
    }

    [Fact]
    [Trait("Requirement", "B2")]
    public async Task Password_WithNulOrHalfACharacter_Is400AndLogsNobodyIn()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User, "mary");
        var before = await StateDump.OfAsync(host);
        foreach (
            var bad in new[] { """seven wet\u0000umbrellas""", """seven wet \ud800 umbrellas""", """seven wet \udc00\ud800 umbrellas""" })
        {
            (await mary.Session.PostAsync(
                "/api/auth/password",
                $$"""{"current_password":"{{TestHost.Password}}","new_password":"{{bad}}"}""")).ExpectProblem(400);
            (await host.Master.PostAsync("/api/auth/users", $$"""{"username":"jane","password":"{{bad}}","role":"user"}"""))
                .ExpectProblem(400);
            Assert.Contains(
                (await host.Anonymous.PostAsync("/api/auth/login", $$"""{"username":"mary","password":"{{bad}}"}""")).Status,
                new[] { 400, 401 });
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "B7")]
    public async Task Login_WhileTheHashingQueueIsFull_Is503AtOnceWithRetryAfterOne()
    {
        using var hasher = new StuckHasher();
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Options = o => o.Passwords.HashingQueueLength = 0,
            Auth = b => b.Services.AddSingleton<IPasswordHasher>(hasher),
        });
        var guess = new { username = "nobody", password = "wrong" };
        var stuck = Enumerable.Range(0, StuckHasher.Threads).Select(i => GuessAsync(host, i)).ToList();
        Assert.True(hasher.AllRunning.Wait(TimeSpan.FromSeconds(30)));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("1", (await host.Anonymous.PostAsync("/api/auth/login", guess)).ExpectProblem(503).Header("Retry-After"));
        }

        hasher.Release.Set();
        Assert.All(await Task.WhenAll(stuck), a => a.ExpectProblem(401));
    }

    [Fact]
    [Trait("Requirement", "V15.2.2"), Trait("Requirement", "V15.4.4")]
    public async Task FiftyLogins_WhileAllHashingThreadsAreBusy_StarveNobodyElse()
    {
        using var hasher = new StuckHasher();
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Options = o => o.Passwords.HashingQueueLength = 32,
            Auth = b => b.Services.AddSingleton<IPasswordHasher>(hasher),
            Map = app => app.MapGet("/api/health", () => "ok").AllowAnonymous(),
        });
        var logins = Enumerable.Range(0, StuckHasher.Threads + 50).Select(i => GuessAsync(host, i)).ToList();
        Assert.True(hasher.AllRunning.Wait(TimeSpan.FromSeconds(30)));

        // Not one login is through yet, and none of these waits for them.
        for (var i = 0; i < 20; i++)
        {
            (await host.Anonymous.GetAsync("/api/health")).Expect(200);
            (await host.Anonymous.GetAsync("/api/auth/status")).Expect(200);
            (await host.Master.GetAsync("/api/auth/users")).Expect(200);
        }

        // All have arrived once those are turned away for whom there is no room.
        var waiting = new List<Task>(logins);
        for (var refused = 0; refused < 50 - 32; refused++)
        {
            waiting.Remove(await Task.WhenAny(waiting).WaitAsync(TimeSpan.FromSeconds(60)));
        }

        hasher.Release.Set();
        var answers = (await Task.WhenAll(logins)).GroupBy(a => a.Status).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal([401, 503], answers.Keys.Order());
        Assert.InRange(answers[401], 32, StuckHasher.Threads + 32);
    }

    // Each of another address and name, so that nobody's share is used up before the queue is.
    private static Task<ApiAnswer> GuessAsync(TestHost host, int number) =>
        (host.Anonymous with { Address = $"198.51.100.{number}" })
            .PostAsync("/api/auth/login", new { username = $"nobody{number}", password = "wrong" });

    /// <summary>The whole way, database included; what is counted instead of measured is in <c>LoginTests</c>.</summary>
    [Fact]
    [Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8"), Trait("Requirement", "Known_DjangoTiming")]
    public async Task FailedLogins_OverHttpAndSqlite_TakeTheSameTime()
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Store = StoreKind.Sqlite, RealHashing = true, Options = o => o.Throttling.LockoutThreshold = 200 });
        foreach (var name in new[] { "active", "disabled", "locked" })
        {
            await host.AddAsync(Role.User, name);
        }

        (await host.Master.PatchAsync("/api/auth/users/2", new { is_active = false })).Expect(200);
        for (var i = 0; i < 200; i++)
        {
            await host.Stores.Users.TryCountLoginAttemptAsync(
                3, new LockoutPolicy(200, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), host.Now, CancellationToken.None);
        }

        // Entries beyond sixty a minute are not written; here every failure is.
        await EqualTimes.AssertAsync(
            80,
            ["nobody", "active", "disabled", "locked"],
            async name => (
                await host.Anonymous.PostAsync("/api/auth/login", new { username = name, password = "a wrong passphrase" })).Expect(401),
            beforeRound: () => host.Clock.Advance(TimeSpan.FromSeconds(10)));
    }

    private sealed class StuckHasher : IPasswordHasher, IDisposable
    {
        internal static int Threads { get; } = Math.Max(1, Environment.ProcessorCount - 1);

        internal CountdownEvent AllRunning { get; } = new(Threads);

        internal ManualResetEventSlim Release { get; } = new();

        public string Hash(string password) => password;

        public PasswordVerdict Verify(string password, string storedHash) => PasswordVerdict.Wrong;

        public void VerifyNothing(string password)
        {
            if (!AllRunning.IsSet)
            {
                lock (AllRunning)
            {
                if (!AllRunning.IsSet)
                {
                    AllRunning.Signal();
                }
            }

            }

            Release.Wait(TimeSpan.FromSeconds(60));
        }

        public void Dispose()
        {
            AllRunning.Dispose();
            Release.Dispose();
        }
    }
}
