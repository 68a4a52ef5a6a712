namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Flows;

/// <summary>Logging in: what an attacker learns, what a planted cookie gains.</summary>
public sealed class LoginFlowTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "B4"), Trait("Requirement", "B6"), Trait("Requirement", "V6.3.8")]
    public async Task Login_ThatFails_AnswersAlikeWhateverTheReason(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Store = store, Options = o => o.Throttling.LockoutThreshold = 3 });
        await host.AddAsync(Role.User, "mary");
        await host.AddAsync(Role.User, "locked");
        var disabled = await host.AddAsync(Role.User, "disabled");
        (await host.Master.PatchAsync($"/api/auth/users/{disabled.Id}", new { is_active = false })).Expect(200);
        for (var i = 0; i < 4; i++)
        {
            await LogInAsync(host, "locked", "wrong");
        }

        var wrong = (await LogInAsync(host, "mary", "wrong")).ExpectProblem(401);
        Assert.Null(wrong.Header("Set-Cookie"));
        foreach (var (name, password) in new[]
        {
            ("nobody", "wrong"),
            ("nobody", TestHost.Password),
            ("not a name", "wrong"),
            ("_system", "wrong"),
            ("disabled", "wrong"),
            ("locked", "wrong"),
            ("locked", TestHost.Password),
        })
        {
            var answer = (await LogInAsync(host, name, password)).ExpectProblem(401);
            Assert.Equal(wrong.Text, answer.Text);
            Assert.Null(answer.Header("Set-Cookie"));
        }

        (await LogInAsync(host, "disabled", TestHost.Password)).ExpectProblem(403);
        (await LogInAsync(host, "mary", TestHost.Password)).Expect(200);
        (await host.Master.PostAsync($"/api/auth/users/{await IdOfAsync(host, "locked")}/unlock")).Expect(200);
        (await LogInAsync(host, "locked", TestHost.Password)).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V2.4.1"), Trait("Requirement", "B5")]
    public async Task Login_FailingTooOftenFromOneAddress_IsThrottledForThatAddressOnly(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Store = store, Options = o => o.Throttling.LoginFailuresPerMinute = 3 });
        await host.AddAsync(Role.User, "mary");
        for (var i = 0; i < 3; i++)
        {
            (await LogInAsync(host, "mary", TestHost.Password, "192.0.2.1")).Expect(200);
            (await LogInAsync(host, $"nobody{i}", "wrong", "192.0.2.1")).ExpectProblem(401);
        }

        var throttled = (await LogInAsync(host, "mary", TestHost.Password, "192.0.2.1")).ExpectProblem(429);
        Assert.InRange(int.Parse(throttled.Header("Retry-After")!, null), 1, 60);
        (await LogInAsync(host, "mary", TestHost.Password, "::ffff:192.0.2.1")).ExpectProblem(429);
        (await LogInAsync(host, "mary", TestHost.Password, "192.0.2.2")).Expect(200);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await LogInAsync(host, "mary", TestHost.Password, "192.0.2.1")).Expect(200);
    }

    [Fact]
    [Trait("Requirement", "B5"), Trait("Requirement", "R6")]
    public async Task MasterSecret_GuessedTooOften_IsThrottledEvenWhenRight()
    {
        await using var host = await TestHost.StartApiAsync();
        var guesser = host.Anonymous with { Address = "192.0.2.1" };
        for (var i = 0; i < 10; i++)
        {
            (await (guesser with { Master = $"guess {i}" }).GetAsync("/api/auth/users")).ExpectProblem(401);
        }

        (await (guesser with { Master = "guess" }).GetAsync("/api/auth/users")).ExpectProblem(429);
        (await (guesser with { Master = TestHost.MasterSecret }).GetAsync("/api/auth/users")).ExpectProblem(429);
        (await (guesser with { Master = TestHost.MasterSecret, Address = "192.0.2.9" }).GetAsync("/api/auth/users")).Expect(200);
        (await (guesser with { Master = "guess" }).GetAsync("/api/auth/status")).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.2.4")]
    public async Task Login_WithAPlantedCookie_ReplacesItAndEndsItsSession(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var attacker = await host.AddAsync(Role.User);
        await host.AddAsync(Role.User, "mary");
        var login = (
            await attacker.Session.PostAsync("/api/auth/login", new { username = "mary", password = TestHost.Password })).Expect(200);
        Assert.NotEqual(attacker.Cookie, login.SetCookie());
        (await attacker.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        Assert.Equal("mary", (await (host.Anonymous with { Cookie = login.SetCookie() }).GetAsync("/api/auth/me"))["username"].GetString());

        // A cookie that is no session at all changes nothing.
        (await (host.Anonymous with { Cookie = "planted" })
            .PostAsync("/api/auth/login", new { username = "mary", password = TestHost.Password })).Expect(200);
    }

    [Fact]
    public async Task BadCookie_BesideAGoodToken_FallsThroughToTheToken()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        var jane = await host.AddAsync(Role.User);
        Assert.Equal(mary.Id, (await (mary.Bearer with { Cookie = "stale" }).GetAsync("/api/auth/me")).Expect(200).Id);
        Assert.Equal(jane.Id, (await (mary.Bearer with { Cookie = jane.Cookie }).GetAsync("/api/auth/me")).Expect(200).Id);
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.3.1"), Trait("Requirement", "V7.3.2")]
    public async Task Session_IdleOrPastItsLifetime_IsDead()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Advance(TimeSpan.FromHours(7));
            (await mary.Session.GetAsync("/api/auth/me")).Expect(200);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Get<ICredentialService>().WriteUsesAsync();
        }

        host.Clock.Advance(TimeSpan.FromHours(3));
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        var (idle, _) = await host.LogInAsync(mary.Name);
        host.Clock.Advance(TimeSpan.FromHours(8));
        (await (host.Anonymous with { Cookie = idle }).GetAsync("/api/auth/me")).ExpectProblem(401);
    }

    private static Task<ApiAnswer> LogInAsync(TestHost host, string username, string password, string? address = null) =>
        (host.Anonymous with { Address = address }).PostAsync("/api/auth/login", new { username, password });

    private static async Task<long> IdOfAsync(TestHost host, string name) =>
        (await host.Master.GetAsync($"/api/auth/users?search={name}")).Json[0].GetProperty("id").GetInt64();
}
