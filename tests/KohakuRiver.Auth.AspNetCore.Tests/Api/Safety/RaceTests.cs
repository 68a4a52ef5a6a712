namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Safety;

/// <summary>Many at once, over HTTP.</summary>
public sealed class RaceTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "D7"), Trait("Requirement", "V15.4.2")]
    public async Task Invitation_With10Uses_Lets10Of100In(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var invitation = (await host.Master.PostAsync("/api/auth/invitations", new { max_usage = 10 })).Expect(200);
        var code = invitation["token"].GetString();
        var answers = await AllAsync(
            100,
            i => host.Anonymous.PostAsync($"/api/auth/register?token={code}", new { username = $"user{i}", password = TestHost.Password }));
        Assert.Equal(10, answers.Count(a => a.Status == 200));
        Assert.All(answers.Where(a => a.Status != 200), a => a.ExpectProblem(400, "token"));
        Assert.Equal("10", (await host.Master.GetAsync("/api/auth/users")).Header("X-Total-Count"));
        Assert.Equal(10, (await host.Master.GetAsync("/api/auth/invitations")).Json[0].GetProperty("usage_count").GetInt32());
    }

    [Fact]
    [Trait("Requirement", "D7"), Trait("Requirement", "V15.2.2")]
    public async Task Invitation_WithTheUsualHashingQueue_LosesNobodyWhoTriesAgain()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Passwords.HashingQueueLength = 2 });
        var code = (await host.Master.PostAsync("/api/auth/invitations", new { max_usage = 10 })).Expect(200)["token"].GetString();
        var answers = await AllAsync(40, async i =>
        {
            while (true)
            {
                var answer = await host.Anonymous.PostAsync(
                    $"/api/auth/register?token={code}", new { username = $"user{i}", password = TestHost.Password });
                if (answer.Status != 503)
                {
                    return answer;
                }

                Assert.Equal("1", answer.ExpectProblem(503).Header("Retry-After"));
                await Task.Yield();
            }
        });
        Assert.Equal(10, answers.Count(a => a.Status == 200));
        Assert.Equal("10", (await host.Master.GetAsync("/api/auth/users")).Header("X-Total-Count"));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "D7")]
    public async Task Name_AskedForBy50_GoesToOneAndTakesOneUse(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var code = (await host.Master.PostAsync("/api/auth/invitations", new { max_usage = 50 })).Expect(200)["token"].GetString();
        var answers = await AllAsync(50, i => host.Anonymous.PostAsync(
            $"/api/auth/register?token={code}", new { username = i % 2 == 0 ? "Mary" : "mary", password = TestHost.Password }));
        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.ExpectProblem(409, "username"));
        Assert.Equal(1, (await host.Master.GetAsync("/api/auth/invitations")).Json[0].GetProperty("usage_count").GetInt32());
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "D6"), Trait("Requirement", "V15.4.2")]
    public async Task Task_Approved50TimesAndRejected50Times_IsDecidedOnce(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var boss = await host.AddAsync(Role.Operator);
        var mary = await host.AddAsync(Role.User);
        await host.SubmitAsync(mary, "t-1");
        var answers = await AllAsync(101, i => i == 100
            ? mary.Session.PostAsync("/api/withdraw/t-1")
            : boss.Session.PostAsync(i % 2 == 0 ? "/api/approve/t-1" : "/api/reject/t-1?reason=no"));
        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.ExpectProblem(409));
        var told = Assert.Single(host.Scheduled);
        var status = (await boss.Session.GetAsync("/api/approvals")).Json[0].GetProperty("status").GetString();
        Assert.Equal($"{status} t-1", told);
        var decisions = (await host.Master.GetAsync("/api/auth/audit?target=t-1&outcome=success")).Json.EnumerateArray();
        Assert.Single(decisions, e => e.GetProperty("action").GetString() is "task.approve" or "task.reject" or "task.withdraw");
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "D7")]
    public async Task Bootstrap_By20AtOnce_MakesOneAdmin(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var answers = await AllAsync(20, i => host.Anonymous.PostAsync(
            "/api/auth/register", new { username = $"admin{i}", password = TestHost.Password, register_secret = TestHost.RegisterSecret }));
        Assert.Single(answers, a => a.Status == 200);
        Assert.All(answers.Where(a => a.Status != 200), a => a.ExpectProblem(403));
        Assert.Equal("1", (await host.Master.GetAsync("/api/auth/users")).Header("X-Total-Count"));
    }

    [Fact]
    [Trait("Requirement", "V15.4.2")]
    public async Task Tokens_MadeInParallel_StayWithinTheLimit()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Limits.TokensPerUser = 10 });
        var mary = await host.AddAsync(Role.User);
        var answers = await AllAsync(
            60, i => mary.Session.PostAsync(i % 2 == 0 ? "/api/auth/tokens" : "/api/auth/tokens/create", new { name = "ci" }));
        Assert.Equal(9, answers.Count(a => a.Status == 200));
        Assert.All(answers.Where(a => a.Status != 200), a => a.ExpectProblem(409));
    }

    private static async Task<IReadOnlyList<ApiAnswer>> AllAsync(int count, Func<int, Task<ApiAnswer>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await start.Task;
            return await call(i);
        })).ToList();
        start.SetResult();
        return await Task.WhenAll(calls);
    }
}
