using System.Globalization;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>API tokens.</summary>
public sealed class TokenCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V14.2.6")]
    public async Task Tokens_CreatedListedAndRevoked_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var mary = await host.AddAsync(Role.User);
        foreach (var path in new[] { "/api/auth/tokens/create", "/api/auth/tokens" })
        {
            var made = (await mary.Session.PostAsync(path, new { name = "ci", expires_hours = 2 })).Expect(200);
            Shape.Check(made.Json, "id:i name:s token:s created_at:t expires_at:t");
            Assert.Equal(TimeSpan.FromHours(2), Time(made, "expires_at") - Time(made, "created_at"));
            Assert.Equal("no-store", made.Header("Cache-Control"));
            var bearer = host.Anonymous with { Bearer = made["token"].GetString() };
            (await bearer.GetAsync("/api/auth/me")).Expect(200);

            var list = (await mary.Session.GetAsync("/api/auth/tokens")).Expect(200);
            Shape.CheckList(list.Json, Shape.Token);
            Shape.Check(list.Json[0].GetProperty("owner"), "id:i username:s");
            Assert.Equal(made.Id, list.Json[0].GetProperty("id").GetInt64());
            Assert.DoesNotContain(made["token"].GetString()!, list.Text, StringComparison.Ordinal);
            Assert.StartsWith(list.Json[0].GetProperty("prefix").GetString()!, made["token"].GetString(), StringComparison.Ordinal);

            Shape.Check((await mary.Session.DeleteAsync($"/api/auth/tokens/{made.Id}")).Expect(200).Json, "message:s");
            (await bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
            (await mary.Session.DeleteAsync($"/api/auth/tokens/{made.Id}")).ExpectProblem(404);
        }
    }

    [Fact]
    public async Task Create_WithoutExpiryOrWithADate_TakesEither()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        var forever = (await mary.Session.PostAsync("/api/auth/tokens", new { name = "for ever" })).Expect(200);
        Shape.Check(forever.Json, "id:i name:s token:s created_at:t expires_at:n");
        var dated = (await mary.Session.PostAsync(
            "/api/auth/tokens", """{"name":"dated","expires_at":"2026-04-01T14:00:00+02:00","expires_hours":null}""")).Expect(200);
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero), Time(dated, "expires_at"));
        (await mary.Session.PostAsync("/api/auth/tokens", """{"name":"past","expires_at":"2026-03-01T12:00:00Z"}"""))
            .ExpectProblem(400, "expires_at");
        (await mary.Session.PostAsync("/api/auth/tokens", """{"name":"both","expires_at":"2026-04-01T12:00:00Z","expires_hours":1}"""))
            .ExpectProblem(400, "expires_at");
        (await mary.Session.PostAsync("/api/auth/tokens", new { name = "never", expires_hours = 0 })).ExpectProblem(400, "expires_hours");
    }

    [Fact]
    [Trait("Requirement", "V2.3.2"), Trait("Requirement", "S5")]
    public async Task Create_BeyondTheLimit_IsAConflict()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Limits.TokensPerUser = 2 });
        var mary = await host.AddAsync(Role.User);
        (await mary.Bearer.PostAsync("/api/auth/tokens", new { name = "second" })).Expect(200);
        (await mary.Bearer.PostAsync("/api/auth/tokens/create", new { name = "third" })).ExpectProblem(409);
    }

    [Fact]
    public async Task List_OfOthers_IsForAdmins()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.Operator);

        static IEnumerable<long> Owners(ApiAnswer answer) =>
            answer.Expect(200).Json.EnumerateArray().Select(t => t.GetProperty("owner").GetProperty("id").GetInt64());

        Assert.Equal([mary.Id, admin.Id], Owners(await admin.Session.GetAsync("/api/auth/tokens?owner=all")));
        Assert.Equal([mary.Id], Owners(await admin.Session.GetAsync($"/api/auth/tokens?user_id={mary.Id}")));
        Assert.Equal([admin.Id], Owners(await admin.Session.GetAsync("/api/auth/tokens")));
        Assert.Equal([mary.Id, admin.Id], Owners(await host.Master.GetAsync("/api/auth/tokens?owner=all")));
        Assert.Equal([mary.Id], Owners(await mary.Session.GetAsync($"/api/auth/tokens?user_id={mary.Id}")));
        (await mary.Session.GetAsync("/api/auth/tokens?owner=all")).ExpectProblem(403);
        (await mary.Session.GetAsync($"/api/auth/tokens?user_id={admin.Id}")).ExpectProblem(403);
    }

    [Fact]
    [Trait("Requirement", "V8.2.2")]
    public async Task Revoke_AnothersToken_IsHiddenFromAllButAdmins()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.User);
        var jane = await host.AddAsync(Role.Operator);
        var id = (await mary.Session.GetAsync("/api/auth/tokens")).Json[0].GetProperty("id").GetInt64();
        (await jane.Session.DeleteAsync($"/api/auth/tokens/{id}")).ExpectProblem(404);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
        (await admin.Session.DeleteAsync($"/api/auth/tokens/{id}")).Expect(200);
        (await mary.Bearer.GetAsync("/api/auth/me")).ExpectProblem(401);
    }

    [Fact]
    public async Task TokenMadeThroughAToken_NeverOutlivesItAndDiesWithIt()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        var parent = (await mary.Session.PostAsync("/api/auth/tokens", new { name = "parent", expires_hours = 2 })).Expect(200);
        var child = (await (host.Anonymous with { Bearer = parent["token"].GetString() })
            .PostAsync("/api/auth/tokens", new { name = "child", expires_hours = 200 })).Expect(200);
        var grandchild = (await (host.Anonymous with { Bearer = child["token"].GetString() })
            .PostAsync("/api/auth/tokens", new { name = "grandchild" })).Expect(200);
        Assert.Equal(Time(parent, "expires_at"), Time(child, "expires_at"));
        Assert.Equal(Time(parent, "expires_at"), Time(grandchild, "expires_at"));

        (await mary.Session.DeleteAsync($"/api/auth/tokens/{parent.Id}")).Expect(200);
        (await (host.Anonymous with { Bearer = child["token"].GetString() }).GetAsync("/api/auth/me")).ExpectProblem(401);
        (await (host.Anonymous with { Bearer = grandchild["token"].GetString() }).GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
    }

    private static DateTimeOffset Time(ApiAnswer answer, string field) =>
        DateTimeOffset.Parse(answer[field].GetString()!, CultureInfo.InvariantCulture);
}
