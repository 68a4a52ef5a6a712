namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Invitations, but for their use.</summary>
public sealed class InvitationCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Invitations_CreatedListedAndRevoked_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        var group = (await admin.Session.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        foreach (var path in new[] { "/api/auth/invitations", "/api/auth/invitations/create" })
        {
            var made = (await admin.Session.PostAsync(path, new { role = "operator", group_id = group, max_usage = 3, expires_hours = 5 }))
                .Expect(200);
            Shape.Check(made.Json, Shape.Invitation);
            Assert.Equal("operator", made["role"].GetString());
            Assert.Equal(group, made["group_id"].GetInt64());
            Assert.Equal(3, made["remaining_uses"].GetInt32());
            Assert.Equal(admin.Id, made["created_by_id"].GetInt64());
            Assert.Equal("2026-03-01T17:00:00.000000Z", made["expires_at"].GetString());
            Assert.True(made["is_valid"].GetBoolean());
            Assert.Equal($"http://localhost/admin/register?token={made["token"].GetString()}", made["url"].GetString());

            var list = (await admin.Session.GetAsync("/api/auth/invitations")).Expect(200);
            Shape.CheckList(list.Json, Shape.Invitation);
            Assert.Equal($"{made["prefix"].GetString()}…", list.Json[0].GetProperty("token").GetString());
            Assert.Equal("null", list.Json[0].GetProperty("url").GetRawText());
            Assert.DoesNotContain(made["token"].GetString()!, list.Text, StringComparison.Ordinal);
            Shape.Check((await admin.Session.DeleteAsync($"/api/auth/invitations/{made.Id}")).Expect(200).Json, "message:s");
            (await admin.Session.DeleteAsync($"/api/auth/invitations/{made.Id}")).ExpectProblem(404);
        }
    }

    [Fact]
    public async Task Create_WithoutABody_TakesTheDefaults()
    {
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Options = o => o.PublicUrl = new Uri("https://river.example/kohaku/") });
        var admin = await host.AddAsync(Role.Admin);
        foreach (var body in new[] { null, "{}", """{"role":null,"group_id":null,"max_usage":null,"expires_hours":null}""" })
        {
            var made = (await admin.Bearer.PostAsync("/api/auth/invitations", body)).Expect(200);
            Assert.Equal("user", made["role"].GetString());
            Assert.Equal(1, made["max_usage"].GetInt32());
            Assert.Equal("2026-03-04T12:00:00.000000Z", made["expires_at"].GetString());
            Assert.Equal($"https://river.example/kohaku/admin/register?token={made["token"].GetString()}", made["url"].GetString());
        }
    }

    [Fact]
    [Trait("Requirement", "V2.2.3")]
    public async Task Operators_InviteViewersAndSeeOnlyTheirOwn()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var boss = await host.AddAsync(Role.Operator);
        var other = await host.AddAsync(Role.Operator);
        (await boss.Session.PostAsync("/api/auth/invitations", new { role = "user" })).ExpectProblem(403);
        (await boss.Session.PostAsync("/api/auth/invitations")).ExpectProblem(403);
        var own = (await boss.Session.PostAsync("/api/auth/invitations", new { role = "viewer" })).Expect(200).Id;
        var admins = (await admin.Session.PostAsync("/api/auth/invitations", new { role = "viewer" })).Expect(200).Id;
        var masters = (await host.Master.PostAsync("/api/auth/invitations", new { role = "viewer" })).Expect(200).Id;

        static IEnumerable<long> Ids(ApiAnswer answer) =>
            answer.Expect(200).Json.EnumerateArray().Select(i => i.GetProperty("id").GetInt64());
        Assert.Equal([own], Ids(await boss.Session.GetAsync("/api/auth/invitations")));
        Assert.Empty(Ids(await other.Session.GetAsync("/api/auth/invitations")));
        Assert.Equal([masters, admins, own], Ids(await admin.Session.GetAsync("/api/auth/invitations")));
        Assert.Equal([masters, admins, own], Ids(await host.Master.GetAsync("/api/auth/invitations")));

        foreach (var id in new[] { own, admins, masters })
        {
            (await other.Session.DeleteAsync($"/api/auth/invitations/{id}")).ExpectProblem(404);
        }

        (await boss.Session.DeleteAsync($"/api/auth/invitations/{admins}")).ExpectProblem(404);
        (await boss.Session.DeleteAsync($"/api/auth/invitations/{own}")).Expect(200);
        (await admin.Session.DeleteAsync($"/api/auth/invitations/{masters}")).Expect(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("...")]
    public async Task TokenOfAList_SentAsACode_IsRefusedWithASentenceOfItsOwn(string andDots)
    {
        await using var host = await TestHost.StartApiAsync();
        (await host.Master.PostAsync("/api/auth/invitations", new { role = "viewer" })).Expect(200);
        var shown = (await host.Master.GetAsync("/api/auth/invitations")).Json[0].GetProperty("token").GetString() + andDots;
        var jane = new { username = "jane", password = TestHost.Password };

        var byQuery = (await host.Anonymous.PostAsync($"/api/auth/register?token={Uri.EscapeDataString(shown)}", jane))
            .ExpectProblem(400, "token");
        var byBody = (await host.Anonymous.PostAsync(
            "/api/auth/register", new { jane.username, jane.password, invitation_code = shown })).ExpectProblem(400, "invitation_code");
        foreach (var refused in new[] { byQuery, byBody })
        {
            Assert.Contains(
                "This is only the beginning of an invitation code, as lists show it.",
                refused["detail"].GetString(),
                StringComparison.Ordinal);
        }

        // Nothing but the sentence is its own: it counts as a wrong code, and unknown ones are answered as before.
        Assert.Equal(2, (await host.AuditAsync(AuditActions.Register)).Count(e => e.Outcome == AuditOutcome.Failure));
        var unknown = (await host.Anonymous.PostAsync("/api/auth/register?token=kri_9bQz", jane)).ExpectProblem(400, "token");
        Assert.Contains("it is unknown, used up, expired or revoked", unknown["detail"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V1.4.2")]
    public async Task Create_OutOfRange_NamesTheField()
    {
        await using var host = await TestHost.StartApiAsync();
        (await host.Master.PostAsync("/api/auth/invitations", new { max_usage = 0 })).ExpectProblem(400, "max_usage");
        (await host.Master.PostAsync("/api/auth/invitations", new { expires_hours = 721 })).ExpectProblem(400, "expires_hours");
        (await host.Master.PostAsync("/api/auth/invitations", new { group_id = 7 })).ExpectProblem(400, "group_id");
        Assert.Equal("[]", (await host.Master.GetAsync("/api/auth/invitations")).Text);
    }
}
