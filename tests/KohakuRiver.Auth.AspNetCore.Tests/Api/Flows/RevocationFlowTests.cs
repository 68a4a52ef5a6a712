namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Flows;

/// <summary>What is taken away is gone on the very next request.</summary>
public sealed class RevocationFlowTests
{
    private const string NewPassword = "eight dry umbrellas in a box";

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V8.3.2")]
    public async Task Role_Changed_IsInForceOnTheNextRequestOfEverySessionAndToken(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.Operator);
        var second = mary.Session with { Cookie = (await host.LogInAsync(mary.Name)).Cookie };
        foreach (var (role, status) in new[] { ("operator", 200), ("user", 403), ("admin", 200), ("viewer", 403) })
        {
            (await host.Master.PutAsync($"/api/auth/users/{mary.Id}/role", new { role })).Expect(200);
            foreach (var client in new[] { mary.Session, second, mary.Bearer })
            {
                (await client.GetAsync("/api/auth/users")).Expect(status);
                Assert.Equal(role, (await client.GetAsync("/api/auth/me"))["role"].GetString());
            }
        }
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.4.2"), Trait("Requirement", "Known_Rancher2023")]
    public async Task User_Disabled_LosesSessionsForGoodAndTokensUntilEnabled(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var mary = await host.AddAsync(Role.User);
        (await host.Master.PatchAsync($"/api/auth/users/{mary.Id}", new { is_active = false })).Expect(200);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await host.Master.PatchAsync($"/api/auth/users/{mary.Id}", new { is_active = true })).Expect(200);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "S4"), Trait("Requirement", "V7.4.2"), Trait("Requirement", "Known_KohakuRiverReusedIds")]
    public async Task User_DeletedAndMadeAgain_InheritsNothing(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var boss = await host.AddAsync(Role.Operator, "boss");
        var mary = await host.AddAsync(Role.User, "mary");
        await host.SubmitAsync(mary, "t-1");
        (await boss.Session.PostAsync("/api/vps/vps-1/assign", new[] { mary.Id })).Expect(200);
        (await host.Master.DeleteAsync($"/api/auth/users/{mary.Id}")).Expect(200);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);

        var again = await host.AddAsync(Role.User, "mary");
        Assert.NotEqual(mary.Id, again.Id);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
        Assert.Equal("[]", (await again.Session.GetAsync("/api/auth/vps")).Text);
        Assert.Equal("[]", (await again.Session.GetAsync("/api/approvals")).Text);
        (await again.Session.PostAsync("/api/withdraw/t-1")).ExpectProblem(404);
        Assert.Equal(
            "mary", (await boss.Session.GetAsync("/api/tasks/pending-approval")).Json[0].GetProperty("owner_username").GetString());
        (await boss.Session.PostAsync("/api/approve/t-1")).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "S2"), Trait("Requirement", "V6.2.2"), Trait("Requirement", "V6.2.3"), Trait("Requirement", "V7.4.3")]
    public async Task Password_ChangedByItsOwner_EndsTheOtherSessionsAndKeepsTokens(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var mary = await host.AddAsync(Role.User);
        var other = mary.Session with { Cookie = (await host.LogInAsync(mary.Name)).Cookie };
        var body = new { current_password = TestHost.Password, new_password = NewPassword };
        (await mary.Session.PostAsync("/api/auth/password", body with { current_password = "wrong" })).ExpectProblem(
            400, "current_password");
        (await mary.Session.PostAsync("/api/auth/password", body with { new_password = "short" })).ExpectProblem(400, "new_password");
        (await mary.Bearer.PostAsync("/api/auth/password", body)).ExpectProblem(403);
        (await other.GetAsync("/api/auth/me")).Expect(200);

        Shape.Check((await mary.Session.PostAsync("/api/auth/password", body)).Expect(200).Json, "message:s");
        (await mary.Session.GetAsync("/api/auth/me")).Expect(200);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
        (await other.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = mary.Name, password = TestHost.Password })).ExpectProblem(401);
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = mary.Name, password = NewPassword })).Expect(200);
    }

    [Fact]
    public async Task Password_SetByAnAdmin_EndsSessionsAndTokens()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        (await host.Master.PutAsync($"/api/auth/users/{mary.Id}/password", new { new_password = NewPassword })).Expect(200);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = mary.Name, password = NewPassword })).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V6.4.3"), Trait("Requirement", "V6.4.6")]
    public async Task ResetLink_UsedOnce_SetsThePasswordAndEndsEverything(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var mary = await host.AddAsync(Role.User);
        var first = (await host.Master.PostAsync($"/api/auth/users/{mary.Id}/reset-link")).Expect(200);
        Shape.Check(first.Json, "code:s url:s expires_at:t");
        Assert.Equal($"http://localhost/admin/reset?code={first["code"].GetString()}", first["url"].GetString());
        Assert.Equal("2026-03-02T12:00:00.000000Z", first["expires_at"].GetString());
        var link = (await host.Master.PostAsync($"/api/auth/users/{mary.Id}/reset-link")).Expect(200)["code"].GetString();

        // A newer link replaces the older one; a code that is not good says so without saying why.
        foreach (var code in new[] { first["code"].GetString(), "krx_garbage", mary.Token, "" })
        {
            (await host.Anonymous.PostAsync("/api/auth/reset", new { code, new_password = NewPassword })).ExpectProblem(400, "code");
        }

        (await host.Anonymous.PostAsync("/api/auth/reset", new { code = link, new_password = "short" })).ExpectProblem(400, "new_password");
        (await mary.Session.GetAsync("/api/auth/me")).Expect(200);
        var reset = (await mary.Session.PostAsync("/api/auth/reset", new { code = link, new_password = NewPassword })).Expect(200);
        Shape.Check(reset.Json, "message:s");
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await host.Anonymous.PostAsync("/api/auth/reset", new { code = link, new_password = NewPassword })).ExpectProblem(400, "code");
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = mary.Name, password = NewPassword })).Expect(200);
    }

    [Fact]
    [Trait("Requirement", "V6.4.3")]
    public async Task ResetLink_After24Hours_IsDead()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        var code = (await host.Master.PostAsync($"/api/auth/users/{mary.Id}/reset-link")).Expect(200)["code"].GetString();
        host.Clock.Advance(TimeSpan.FromHours(24));
        (await host.Anonymous.PostAsync("/api/auth/reset", new { code, new_password = NewPassword })).ExpectProblem(400, "code");
    }
}
