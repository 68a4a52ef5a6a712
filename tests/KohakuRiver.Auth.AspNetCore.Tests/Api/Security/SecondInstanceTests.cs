namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>What is taken away on one instance is gone on the next request of another that has just accepted it.</summary>
public sealed class SecondInstanceTests
{
    public static TheoryData<StoreKind> Stores => [StoreKind.InMemory, StoreKind.Sqlite];

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V7.4.1")]
    public Task Logout_OnAnotherInstance_EndsTheSession(StoreKind store) => TakeAwayAsync(
        store, async (_, mary) => (await mary.Session.PostAsync("/api/auth/logout")).Expect(200), session: 401, token: 200);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V6.5.6")]
    public Task Revocation_OnAnotherInstance_EndsTheToken(StoreKind store) => TakeAwayAsync(
        store,
        async (_, mary) =>
        {
            var id = (await mary.Session.GetAsync("/api/auth/tokens")).Json[0].GetProperty("id").GetInt64();
            (await mary.Session.DeleteAsync($"/api/auth/tokens/{id}")).Expect(200);
        },
        session: 200,
        token: 401);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V7.4.2")]
    public Task Disabling_OnAnotherInstance_RefusesSessionAndToken(StoreKind store) => TakeAwayAsync(
        store, async (host, mary) => (await host.Master.PatchAsync($"/api/auth/users/{mary.Id}", new { is_active = false })).Expect(200),
        401, 401);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V7.4.2")]
    public Task Deletion_OnAnotherInstance_RefusesSessionAndToken(StoreKind store) => TakeAwayAsync(
        store, async (host, mary) => (await host.Master.DeleteAsync($"/api/auth/users/{mary.Id}")).Expect(200), 401, 401);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V7.4.5")]
    public Task EndingTheSessions_ByAnAdminOnAnotherInstance_LeavesTheToken(StoreKind store) => TakeAwayAsync(
        store, async (host, mary) => (await host.Master.DeleteAsync($"/api/auth/users/{mary.Id}/sessions")).Expect(200), 401, 200);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V6.4.3")]
    public Task Reset_OnAnotherInstance_RefusesSessionAndToken(StoreKind store) => TakeAwayAsync(
        store,
        async (host, mary) =>
        {
            var code = (await host.Master.PostAsync($"/api/auth/users/{mary.Id}/reset-link")).Expect(200)["code"].GetString();
            (await host.Anonymous.PostAsync("/api/auth/reset", new { code, new_password = "eight dry umbrellas in a box" })).Expect(200);
        },
        401,
        401);

    [Theory]
    [MemberData(nameof(Stores))]
    [Trait("Requirement", "S3"), Trait("Requirement", "V8.3.2")]
    public Task Demotion_OnAnotherInstance_IsInForce(StoreKind store) => TakeAwayAsync(
        store, async (host, mary) => (await host.Master.PutAsync($"/api/auth/users/{mary.Id}/role", new { role = "user" })).Expect(200),
        403, 403);

    [Fact]
    [Trait("Requirement", "B5")]
    public async Task LoginFailures_OnOneInstance_CountOnTheNext()
    {
        await using var first = await TestHost.StartApiAsync(StoreKind.Sqlite);
        await first.AddAsync(Role.User, "mary");
        var guess = new { username = "nobody", password = "wrong" };
        for (var i = 0; i < 60; i++)
        {
            (await (first.Anonymous with { Address = "192.0.2.1" }).PostAsync("/api/auth/login", guess)).ExpectProblem(401);
        }

        // A second instance knows what the first counted; a restart is no different, for the counters are in the database.
        await using var second = await first.StartSecondAsync();
        (await (second.Anonymous with { Address = "192.0.2.1" }).PostAsync("/api/auth/login", guess)).ExpectProblem(429);
        (await (second.Anonymous with { Address = "192.0.2.2" })
            .PostAsync("/api/auth/login", new { username = "mary", password = TestHost.Password })).Expect(200);
    }

    // Mary is an operator: GET /auth/users tells a role that went as well as a credential that went.
    private static async Task TakeAwayAsync(StoreKind store, Func<TestHost, TestUser, Task> take, int session, int token)
    {
        await using var first = await TestHost.StartApiAsync(store);
        await using var second = await first.StartSecondAsync();
        await first.AddAsync(Role.Admin);
        var mary = await first.AddAsync(Role.Operator);
        var there = (Session: second.Anonymous with { Cookie = mary.Cookie }, Bearer: second.Anonymous with { Bearer = mary.Token });
        (await there.Session.GetAsync("/api/auth/users")).Expect(200);
        (await there.Bearer.GetAsync("/api/auth/users")).Expect(200);

        await take(first, mary);

        (await there.Session.GetAsync("/api/auth/users")).Expect(session);
        (await there.Bearer.GetAsync("/api/auth/users")).Expect(token);
        (await mary.Session.GetAsync("/api/auth/users")).Expect(session);
        (await mary.Bearer.GetAsync("/api/auth/users")).Expect(token);
    }
}
