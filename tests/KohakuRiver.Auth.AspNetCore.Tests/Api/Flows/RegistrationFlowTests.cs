using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Flows;

/// <summary>Every way to an account through <c>POST /auth/register</c>.</summary>
public sealed class RegistrationFlowTests
{
    private const string Path = "/api/auth/register";

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V14.2.1"), Trait("Requirement", "V6.5.1"), Trait("Requirement", "Known_KohakuRiverInvitationGroup")]
    public async Task Invitation_InQueryOrBody_GivesItsRoleAndGroupAndLogsIn(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        var group = (await admin.Session.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        var invitation = (
            await admin.Session.PostAsync("/api/auth/invitations", new { role = "operator", group_id = group, max_usage = 2 })).Expect(200);
        var code = invitation["token"].GetString();

        var mary = (await host.Anonymous.PostAsync(
            $"{Path}?token={code}", new { username = "mary", password = TestHost.Password, display_name = "Mary" })).Expect(200);
        Shape.Check(mary.Json, "message:s user:o");
        Shape.Check(mary["user"], Shape.User);
        Assert.Equal("operator", mary["user"].GetProperty("role").GetString());
        Assert.Equal("Mary", mary["user"].GetProperty("display_name").GetString());
        Assert.Equal("lab", mary["user"].GetProperty("groups")[0].GetProperty("name").GetString());
        (await (host.Anonymous with { Cookie = mary.SetCookie() }).GetAsync("/api/auth/users")).Expect(200);

        (await host.Anonymous.PostAsync(Path, new { username = "MARY", password = TestHost.Password, invitation_code = code }))
            .ExpectProblem(409, "username");
        (await host.Anonymous.PostAsync(Path, new { username = "jane", password = TestHost.Password, invitation_code = code })).Expect(200);
        (await host.Anonymous.PostAsync(Path, new { username = "late", password = TestHost.Password, invitation_code = code }))
            .ExpectProblem(400, "invitation_code");
        (await host.Anonymous.PostAsync($"{Path}?token={code}", new { username = "late", password = TestHost.Password }))
            .ExpectProblem(400, "token");
        var row = (await admin.Session.GetAsync("/api/auth/invitations")).Json[0];
        Assert.Equal(2, row.GetProperty("usage_count").GetInt32());
        Assert.Equal(0, row.GetProperty("remaining_uses").GetInt32());
        Assert.False(row.GetProperty("is_valid").GetBoolean());
    }

    [Fact]
    [Trait("Requirement", "V6.5.6")]
    public async Task Invitation_ExpiredRevokedOrOfADemotedMaker_IsDead()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        await host.AddAsync(Role.Admin);
        var expiring = await InviteAsync(admin.Session, 1);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await RefuseAsync(host, expiring.Code);
        var revoked = await InviteAsync(admin.Session, 1);
        (await admin.Session.DeleteAsync($"/api/auth/invitations/{revoked.Id}")).Expect(200);
        await RefuseAsync(host, revoked.Code);
        var demoted = await InviteAsync(admin.Session, 1);
        (await host.Master.PutAsync($"/api/auth/users/{admin.Id}/role", new { role = "operator" })).Expect(200);
        await RefuseAsync(host, demoted.Code);
        (await host.Master.PutAsync($"/api/auth/users/{admin.Id}/role", new { role = "admin" })).Expect(200);
        (await host.Anonymous.PostAsync($"{Path}?token={demoted.Code}", new { username = "mary", password = TestHost.Password }))
            .Expect(200);
    }

    [Fact]
    [Trait("Requirement", "V2.2.3"), Trait("Requirement", "V15.3.7")]
    public async Task Register_WithoutACodeOrWithSeveral_IsRefused()
    {
        await using var host = await TestHost.StartApiAsync();
        var code = (await InviteAsync(host.Master, 1)).Code;
        var body = new { username = "mary", password = TestHost.Password };
        (await host.Anonymous.PostAsync(Path, body)).ExpectProblem(400, "invitation_code");
        (await host.Anonymous.PostAsync($"{Path}?token={code}&token={code}", body)).ExpectProblem(400, "token");
        (await host.Anonymous.PostAsync($"{Path}?token={code}", new { body.username, body.password, invitation_code = code }))
            .ExpectProblem(400, "invitation_code");
        (await host.Anonymous.PostAsync($"{Path}?token=kri_unknown", body)).ExpectProblem(400, "token");
        (await host.Anonymous.PostAsync($"{Path}?token={new string('x', 300)}", body)).ExpectProblem(400, "token");
        (await host.Anonymous.PostAsync($"{Path}?token={code}", body)).Expect(200);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "R6"), Trait("Requirement", "Known_KohakuRiverRegisterSecret")]
    public async Task RegisterSecret_MakesTheFirstAdminAndThenIsDead(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        Assert.Empty(host.SetupLinks);
        (await host.Anonymous.PostAsync(Path, new { username = "evil", password = TestHost.Password, register_secret = "wrong" }))
            .ExpectProblem(403);
        var admin = (await host.Anonymous.PostAsync(
            Path, new { username = "admin", password = TestHost.Password, register_secret = TestHost.RegisterSecret })).Expect(200);
        Assert.Equal("admin", admin["user"].GetProperty("role").GetString());
        (await (host.Anonymous with { Cookie = admin.SetCookie() }).GetAsync("/api/auth/settings")).Expect(200);
        (await host.Anonymous.PostAsync(
            Path, new { username = "evil", password = TestHost.Password, register_secret = TestHost.RegisterSecret })).ExpectProblem(403);
        (await host.Anonymous.PostAsync($"{Path}?token={TestHost.RegisterSecret}", new { username = "evil", password = TestHost.Password }))
            .ExpectProblem(403);
        Assert.Equal("1", (await host.Master.GetAsync("/api/auth/users")).Header("X-Total-Count"));
    }

    [Fact]
    public async Task RegisterSecret_InTheQueryOfOlderClients_MakesTheFirstAdmin()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = (await host.Anonymous.PostAsync(
            $"{Path}?token={TestHost.RegisterSecret}", new { username = "admin", password = TestHost.Password })).Expect(200);
        Assert.Equal("admin", admin["user"].GetProperty("role").GetString());
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V6.5.1")]
    public async Task SetupLink_PrintedAtStart_MakesTheFirstAdminOnce(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Store = store, Options = o => o.AdminRegisterSecret = null });
        var link = Assert.Single(host.SetupLinks);
        Assert.Contains("/admin/setup?code=", link, StringComparison.Ordinal);
        var code = link.Split("code=")[1];
        var admin = (await host.Anonymous.PostAsync(Path, new { username = "admin", password = TestHost.Password, register_secret = code }))
            .Expect(200);
        Assert.Equal("admin", admin["user"].GetProperty("role").GetString());
        (await host.Anonymous.PostAsync(Path, new { username = "evil", password = TestHost.Password, register_secret = code }))
            .ExpectProblem(403);
        (await host.Anonymous.PostAsync($"{Path}?token={code}", new { username = "evil", password = TestHost.Password })).Expect(400);
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task SetupLink_WhereTheHostMakesItsFirstAdminAtStart_IsNotPrinted(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Store = store,
            Options = o => o.AdminRegisterSecret = null,
            Auth = auth => auth.Services.AddHostedService<Seeding>(),
        });

        Assert.Empty(host.SetupLinks);
        Assert.Empty(await host.AuditAsync(AuditActions.SetupCodeCreate));
        Assert.Equal("1", (await host.Master.GetAsync("/api/auth/users")).Header("X-Total-Count"));
    }

    [Fact]
    [Trait("Requirement", "V2.4.1"), Trait("Requirement", "B5"), Trait("Requirement", "V6.6.3")]
    public async Task Codes_GuessedTooOften_AreThrottledAndGoodOnesStillWork()
    {
        await using var host = await TestHost.StartApiAsync();
        var guesser = host.Anonymous with { Address = "192.0.2.1" };
        var good = (await InviteAsync(host.Master, 2)).Code;
        var body = new { username = "mary", password = TestHost.Password };
        for (var i = 0; i < 30; i++)
        {
            (await guesser.PostAsync($"{Path}?token=guess{i}", body)).ExpectProblem(400, "token");
        }

        (await guesser.PostAsync($"{Path}?token=guess", body)).ExpectProblem(429);
        (await guesser.PostAsync(Path, new { body.username, body.password, register_secret = TestHost.RegisterSecret })).ExpectProblem(429);
        (await guesser.PostAsync($"{Path}?token={good}", body)).Expect(200);
    }

    [Fact]
    public async Task Admin_SendingRoleAndGroups_MakesThatUserWithoutLoggingIn()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var group = (await admin.Session.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        foreach (var client in new[] { admin.Session, admin.Bearer, host.Master })
        {
            var name = $"mary{Guid.CreateVersion7(host.Now):N}";
            var made = (await client.PostAsync(
                Path, new { username = name, password = TestHost.Password, role = "operator", group_ids = new[] { group } })).Expect(200);
            Shape.Check(made.Json, "message:s user:o");
            Assert.Equal("operator", made["user"].GetProperty("role").GetString());
            Assert.Equal("lab", made["user"].GetProperty("groups")[0].GetProperty("name").GetString());
            Assert.Null(made.Header("Set-Cookie"));
        }

        (await admin.Session.PostAsync(Path, new { username = "x.y", password = TestHost.Password, group_ids = new[] { group } }))
            .ExpectProblem(400, "role");
        (await admin.Session.PostAsync($"{Path}?token=kri_x", new { username = "x.y", password = TestHost.Password, role = "user" }))
            .ExpectProblem(400, "role");
        (await admin.Session.GetAsync("/api/auth/me")).Expect(200);
    }

    [Fact]
    [Trait("Requirement", "V2.2.3"), Trait("Requirement", "V15.3.3")]
    public async Task Stranger_SendingRoleOrGroups_IsForbidden()
    {
        await using var host = await TestHost.StartApiAsync();
        var code = (await InviteAsync(host.Master, 1)).Code;
        var boss = await host.AddAsync(Role.Operator);
        var before = await StateDump.OfAsync(host);
        var anonymous = host.Anonymous;
        foreach (var client in new[]
        {
            anonymous,
            boss.Session,
            boss.Bearer,
            anonymous with { Bearer = "krt_garbage" },
            anonymous with { Cookie = "garbage" },
            anonymous with { Master = "wrong" },
        })
        {
            (await client.PostAsync(Path, new { username = "evil", password = TestHost.Password, role = "admin" })).ExpectProblem(403);
            (await client.PostAsync(Path, new { username = "evil", password = TestHost.Password, group_ids = new[] { 1 } }))
                .ExpectProblem(403);
            (await client.PostAsync($"{Path}?token={code}", new { username = "evil", password = TestHost.Password, role = "admin" }))
                .ExpectProblem(403);
            (await client.PostAsync(
                Path,
                new { username = "evil", password = TestHost.Password, role = "admin", register_secret = TestHost.RegisterSecret }))
                .ExpectProblem(403);
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    public async Task Register_WithAuthenticationOff_Is503ForEveryForm()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Enabled = false });
        (await host.Anonymous.PostAsync(Path, new { username = "mary", password = TestHost.Password, role = "admin" })).ExpectProblem(503);
        (await host.Anonymous.PostAsync(
            Path, new { username = "mary", password = TestHost.Password, register_secret = TestHost.RegisterSecret })).ExpectProblem(503);
        Assert.Equal("[]", (await host.Anonymous.GetAsync("/api/auth/users")).Text);
    }

    private static async Task<(long Id, string Code)> InviteAsync(ApiClient client, int hours)
    {
        var made = (await client.PostAsync("/api/auth/invitations", new { role = "user", expires_hours = hours })).Expect(200);
        return (made.Id, made["token"].GetString()!);
    }

    private static async Task RefuseAsync(TestHost host, string code) =>
        (await host.Anonymous.PostAsync(Path, new { username = "late", password = TestHost.Password, invitation_code = code }))
            .ExpectProblem(400, "invitation_code");

    /// <summary>As hosts make their first users: in a service of their own, registered after the library.</summary>
    private sealed class Seeding(IUserService users) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => (await users.CreateAsync(
            Actor.Host,
            new CreateUserCommand { Username = "seeded", Password = TestHost.Password, Role = Role.Admin },
            cancellationToken)).Require();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
