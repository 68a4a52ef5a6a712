namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Other people's accounts.</summary>
public sealed class UserCallTests
{
    private const string NewPassword = "eight dry umbrellas in a box";

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Users_CreatedChangedAndDeleted_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var group = (await admin.PostAsync("/api/auth/groups", new { name = "lab" })).Expect(200).Id;

        var made = (await admin.PostAsync(
            "/api/auth/users",
            new { username = "mary", password = TestHost.Password, role = "user", group_ids = new[] { group } })).Expect(201);
        Shape.Check(made.Json, Shape.UserForAdmins);
        Shape.Check(Assert.Single(made["groups"].EnumerateArray()), "id:i name:s");
        Assert.Equal("mary", made["display_name"].GetString());
        (await admin.PostAsync("/api/auth/users", new { username = "MARY", password = TestHost.Password, role = "user" }))
            .ExpectProblem(409, "username");
        (await admin.PostAsync(
            "/api/auth/users",
            new { username = "jane", password = TestHost.Password, role = "user", group_ids = new[] { 77 } }))
            .ExpectProblem(400, "group_ids");

        var path = $"/api/auth/users/{made.Id}";
        Assert.Equal(made.Text, (await admin.GetAsync(path)).Expect(200).Text);
        var patched = (await admin.PatchAsync(
            path, new { display_name = "Mary", role = "viewer", is_active = false, group_ids = Array.Empty<long>() })).Expect(200);
        Shape.Check(patched.Json, Shape.UserForAdmins);
        Assert.Equal("Mary", patched["display_name"].GetString());
        Assert.Equal("viewer", patched["role"].GetString());
        Assert.False(patched["is_active"].GetBoolean());
        Assert.Equal(0, patched["groups"].GetArrayLength());
        var annex = (await admin.PostAsync("/api/auth/groups", new { name = "annex" })).Expect(200).Id;
        Assert.Equal(
            2, (await admin.PatchAsync(path, new { add_group_ids = new[] { group, annex } })).Expect(200)["groups"].GetArrayLength());
        var without = (await admin.PatchAsync(path, new { remove_group_ids = new[] { group } })).Expect(200);
        Assert.Equal("annex", Assert.Single(without["groups"].EnumerateArray()).GetProperty("name").GetString());
        (await admin.PatchAsync(path, new { group_ids = new[] { group }, add_group_ids = new[] { annex } })).ExpectProblem(
            400, "add_group_ids");
        (await admin.PatchAsync(path, new { add_group_ids = new[] { group }, remove_group_ids = new[] { group } })).ExpectProblem(
            400, "remove_group_ids");
        (await admin.PatchAsync(path, new { add_group_ids = new[] { 77 } })).ExpectProblem(400, "add_group_ids");
        (await admin.PatchAsync(path, """{"remove_group_ids":["x"]}""")).ExpectProblem(400, "remove_group_ids");
        Assert.Equal(0, (await admin.PatchAsync(path, new { remove_group_ids = new[] { annex } })).Expect(200)["groups"].GetArrayLength());
        Assert.Equal("operator", (await admin.PutAsync(path + "/role", new { role = "operator" })).Expect(200)["role"].GetString());
        Assert.Equal(
            patched.Text.Replace("\"viewer\"", "\"operator\"", StringComparison.Ordinal),
            (await admin.PatchAsync(path, "{}")).Expect(200).Text);
        Shape.Check((await admin.PostAsync(path + "/unlock")).Expect(200).Json, "message:s");
        Shape.Check((await admin.PutAsync(path + "/password", new { new_password = NewPassword })).Expect(200).Json, "message:s");
        Shape.Check((await admin.DeleteAsync(path)).Expect(200).Json, "message:s");
        (await admin.GetAsync(path)).ExpectProblem(404);
        (await admin.DeleteAsync(path)).ExpectProblem(404);
    }

    [Fact]
    public async Task Admin_ChangingOneself_IsRefusedWhereItWouldLockOut()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var path = $"/api/auth/users/{admin.Id}";
        (await admin.Session.PutAsync(path + "/role", new { role = "user" })).ExpectProblem(400, "role");
        (await admin.Session.PatchAsync(path, new { is_active = false })).ExpectProblem(400, "is_active");
        (await admin.Session.PutAsync(path + "/password", new { new_password = NewPassword })).ExpectProblem(400);
        (await admin.Bearer.PostAsync(path + "/reset-link")).ExpectProblem(400);
        (await admin.Session.DeleteAsync(path)).ExpectProblem(400);
        (await host.Master.DeleteAsync(path)).ExpectProblem(409);
        (await host.Master.PutAsync(path + "/role", new { role = "user" })).ExpectProblem(409);
        (await host.Master.PatchAsync(path, new { is_active = false })).ExpectProblem(409);
    }

    [Fact]
    [Trait("Requirement", "V2.2.1")]
    public async Task Role_ThatIsNoneOfTheFiveNames_IsRefused()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var mary = await host.AddAsync(Role.User);
        foreach (var role in new[] { "4", "\"4\"", "\"Admin\"", "\"viewer,admin\"", "null", "\"Anony\"", "\"\"", "[\"admin\"]" })
        {
            var refused = (await admin.PutAsync($"/api/auth/users/{mary.Id}/role", $$"""{"role":{{role}}}""")).ExpectProblem(400, "role");
            Assert.Equal(
                role == "null" ? "A role is needed." : "role must be one of anony, viewer, user, operator, admin.",
                refused["detail"].GetString());
        }
    }

    [Fact]
    [Trait("Requirement", "V2.2.1")]
    public async Task RoleAnony_Sent_IsTakenForUsersAndRefusedElsewhere()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var mary = await host.AddAsync(Role.User, "mary");
        var path = $"/api/auth/users/{mary.Id}";

        var made = (
            await admin.PostAsync("/api/auth/users", new { username = "made", password = NewPassword, role = "anony" })).Expect(201);
        Assert.Equal("anony", made["role"].GetString());
        var registered = (await admin.PostAsync(
            "/api/auth/register", new { username = "registered", password = NewPassword, role = "anony" })).Expect(200);
        Assert.Equal("anony", registered["user"].GetProperty("role").GetString());
        Assert.Equal("anony", (await admin.PatchAsync(path, new { role = "anony" })).Expect(200)["role"].GetString());
        Assert.Equal("user", (await admin.PutAsync(path + "/role", new { role = "user" })).Expect(200)["role"].GetString());
        Assert.Equal("anony", (await admin.PutAsync(path + "/role", new { role = "anony" })).Expect(200)["role"].GetString());
        Assert.Equal(
            ["made", "mary", "registered"],
            (await admin.GetAsync("/api/auth/users?role=anony&sort=username")).Expect(200).Json.EnumerateArray()
                .Select(u => u.GetProperty("username").GetString()!));

        (await admin.PostAsync("/api/auth/invitations", new { role = "anony", max_usage = 1 })).ExpectProblem(400, "role");
        (await admin.PostAsync("/api/auth/invitations/create", new { role = "anony", max_usage = 1 })).ExpectProblem(400, "role");
        (await admin.PatchAsync("/api/auth/settings", new { registration = "anony" })).ExpectProblem(400, "registration");
        (await admin.PatchAsync("/api/auth/settings", new { approval_required_roles = new[] { "anony" } }))
            .ExpectProblem(400, "approval_required_roles[0]");
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task UserWhoMustChangeThePassword_IsToldAndIsLikeOthersAfterwards(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = (await host.AddAsync(Role.Admin)).Session;
        var boss = (await host.AddAsync(Role.Operator)).Session;
        var made = (await admin.PostAsync(
            "/api/auth/users", new { username = "jane", password = TestHost.Password, role = "user", must_change = true })).Expect(201);
        Shape.Check(made.Json, Shape.UserForAdmins);
        Assert.True(made["must_change_password"].GetBoolean());
        Shape.Check((await boss.GetAsync($"/api/auth/users/{made.Id}")).Expect(200).Json, Shape.User);

        var credentials = new { username = "jane", password = TestHost.Password };
        var login = (await host.Anonymous.PostAsync("/api/auth/login", credentials)).Expect(200);
        Shape.Check(login["user"], Shape.UserHeld);
        var jane = host.Anonymous with { Cookie = (await host.LogInAsync("jane")).Cookie };
        var me = (await jane.GetAsync("/api/auth/me")).Expect(200);
        Shape.Check(me.Json, Shape.UserHeld);
        Assert.Equal(("user", true), (me["role"].GetString(), me["must_change_password"].GetBoolean()));
        (await jane.PostAsync("/api/auth/password", new { current_password = TestHost.Password, new_password = TestHost.Password }))
            .ExpectProblem(400, "new_password");
        (await jane.PostAsync("/api/auth/password", new { current_password = TestHost.Password, new_password = NewPassword })).Expect(200);

        // As for everybody else: who is not concerned gets not one byte more than before.
        Shape.Check((await jane.GetAsync("/api/auth/me")).Expect(200).Json, Shape.User);
        Shape.Check(
            (await host.Anonymous.PostAsync("/api/auth/login", new { username = "jane", password = NewPassword })).Expect(200)["user"],
            Shape.User);
        (await jane.GetAsync("/api/auth/tokens")).Expect(200);

        var path = $"/api/auth/users/{made.Id}";
        Assert.True((await admin.PatchAsync(path, new { must_change_password = true })).Expect(200)["must_change_password"].GetBoolean());
        (await jane.GetAsync("/api/auth/tokens")).ExpectProblem(403);
        Assert.False((await admin.PatchAsync(path, new { must_change_password = false })).Expect(200)["must_change_password"].GetBoolean());
        (await jane.GetAsync("/api/auth/tokens")).Expect(200);
        (await admin.PutAsync(path + "/password", new { new_password = TestHost.Password, must_change = true })).Expect(200);
        Assert.True((await admin.GetAsync(path)).Expect(200)["must_change_password"].GetBoolean());
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "R7"), Trait("Requirement", "V6.4.1")]
    public async Task CreateUser_WithoutAPassword_AnswersWithALinkThatWorksOnce(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = (await host.AddAsync(Role.Admin)).Session;

        var made = (await admin.PostAsync("/api/auth/users", new { username = "jane", role = "user" })).Expect(201);

        Shape.Check(made.Json, Shape.UserForAdmins + " code:s url:s expires_at:t");
        Assert.Equal("no-store", made.Header("Cache-Control"));
        var code = made["code"].GetString()!;
        Assert.StartsWith("krr_", code, StringComparison.Ordinal);
        Assert.EndsWith("/admin/reset?code=" + code, made["url"].GetString(), StringComparison.Ordinal);
        Assert.Equal(host.Now.AddDays(7), made["expires_at"].GetDateTimeOffset(), TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(code, (await admin.GetAsync("/api/auth/audit")).Expect(200).Text, StringComparison.Ordinal);
        Shape.Check((await admin.GetAsync($"/api/auth/users/{made.Id}")).Expect(200).Json, Shape.UserForAdmins);

        foreach (var guess in new[] { "", TestHost.Password })
        {
            Assert.True((await host.Anonymous.PostAsync("/api/auth/login", new { username = "jane", password = guess })).Status >= 400);
        }

        var reset = new { code, new_password = NewPassword };
        (await host.Anonymous.PostAsync("/api/auth/reset", reset)).Expect(200);
        (await host.Anonymous.PostAsync("/api/auth/reset", reset)).ExpectProblem(400, "code");
        var login = (await host.Anonymous.PostAsync("/api/auth/login", new { username = "jane", password = NewPassword })).Expect(200);
        Shape.Check(login["user"], Shape.User);

        (await admin.PostAsync("/api/auth/users", new { username = "JANE", role = "user" })).ExpectProblem(409, "username");
        (await admin.PostAsync("/api/auth/users", new { username = "mary", role = "user", must_change = true }))
            .ExpectProblem(400, "must_change");
        (await admin.PostAsync("/api/auth/users", new { username = "mary", role = "user", password = "" })).ExpectProblem(400, "password");
    }

    [Fact]
    public async Task UserWithoutPermission_LogsInSeesWhoTheyAreAndLogsOut()
    {
        await using var host = await TestHost.StartApiAsync();
        var banned = await host.AddAsync(Role.Anony, "mallory");

        var login = (await host.Anonymous.PostAsync("/api/auth/login", new { username = "mallory", password = banned.Password }))
            .Expect(200);
        Assert.Equal("anony", login["user"].GetProperty("role").GetString());
        foreach (var caller in new[] { banned.Session, banned.Bearer })
        {
            var me = (await caller.GetAsync("/api/auth/me")).Expect(200);
            Assert.Equal(("anony", banned.Id), (me["role"].GetString(), me["id"].GetInt64()));
        }

        (await banned.Session.PostAsync("/api/auth/logout")).Expect(200);
        (await banned.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
    }

    [Fact]
    public async Task Users_FilteredAndSorted_AreThoseAskedFor()
    {
        await using var host = await TestHost.StartApiAsync();
        var boss = await host.AddAsync(Role.Operator, "boss");
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        foreach (var (name, role) in new[] { ("anna", Role.User), ("Bert", Role.Viewer), ("carl", Role.Admin) })
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            var user = await host.AddAsync(role, name);
            (await host.Master.PatchAsync($"/api/auth/users/{user.Id}", new { display_name = "Smith " + name })).Expect(200);
            if (name == "Bert")
            {
                (await host.Master.PutAsync($"/api/auth/groups/{group}/members/{user.Id}")).Expect(200);
                (await host.Master.PatchAsync($"/api/auth/users/{user.Id}", new { is_active = false })).Expect(200);
            }
        }

        async Task<string> NamesAsync(string query)
        {
            var answer = (await boss.Session.GetAsync("/api/auth/users" + query)).Expect(200);
            Shape.CheckList(answer.Json, Shape.User);
            Assert.Equal(answer.Json.GetArrayLength(), int.Parse(answer.Header("X-Total-Count")!, null));
            return string.Join(' ', answer.Json.EnumerateArray().Select(u => u.GetProperty("username").GetString()));
        }

        Assert.Equal("carl Bert anna boss", await NamesAsync(""));
        Assert.Equal("anna Bert boss carl", await NamesAsync("?sort=username"));
        Assert.Equal("carl boss Bert anna", await NamesAsync("?sort=-username"));
        Assert.Equal("boss anna Bert carl", await NamesAsync("?sort=created_at"));
        Assert.Equal("boss anna Bert carl", await NamesAsync("?sort=last_login"));
        Assert.Equal("carl boss anna Bert", await NamesAsync("?sort=-role"));
        Assert.Equal("carl Bert anna", await NamesAsync("?search=smith"));
        Assert.Equal("Bert", await NamesAsync("?search=BERT"));
        Assert.Equal("anna", await NamesAsync("?role=user"));
        Assert.Equal("Bert", await NamesAsync("?is_active=false"));
        Assert.Equal("carl anna boss", await NamesAsync("?is_active=true"));
        Assert.Equal("Bert", await NamesAsync($"?group_id={group}"));
        Assert.Equal("anna", await NamesAsync("?search=smith&role=user&is_active=true&sort=username&limit=5"));
    }

    [Fact]
    public async Task Lock_OfAnAccount_IsShownToAdminsOnly()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Throttling.LockoutThreshold = 2 });
        var mary = await host.AddAsync(Role.User, "mary");
        var boss = await host.AddAsync(Role.Operator);
        var admin = await host.AddAsync(Role.Admin);
        for (var i = 0; i < 3; i++)
        {
            (await host.Anonymous.PostAsync("/api/auth/login", new { username = "mary", password = "wrong" })).ExpectProblem(401);
        }

        Shape.Check((await boss.Session.GetAsync($"/api/auth/users/{mary.Id}")).Json, Shape.User);
        Shape.CheckList((await boss.Session.GetAsync("/api/auth/users?search=mary")).Json, Shape.User);
        Assert.NotEqual("null", (await admin.Session.GetAsync($"/api/auth/users/{mary.Id}"))["locked_until"].GetRawText());
        (await admin.Session.PostAsync($"/api/auth/users/{mary.Id}/unlock")).Expect(200);
        Assert.Equal("null", (await admin.Session.GetAsync($"/api/auth/users/{mary.Id}"))["locked_until"].GetRawText());
    }

    [Fact]
    [Trait("Requirement", "V7.4.5")]
    public async Task Sessions_OfAnother_AreListedAndEndedByAdmins()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.User);
        await host.LogInAsync(mary.Name);
        var list = (await admin.Session.GetAsync($"/api/auth/users/{mary.Id}/sessions")).Expect(200).Json;
        Shape.CheckList(list, Shape.Session);
        Assert.Equal([false, false], list.EnumerateArray().Select(s => s.GetProperty("current").GetBoolean()));
        Shape.Check((await admin.Session.DeleteAsync($"/api/auth/users/{mary.Id}/sessions")).Expect(200).Json, "message:s");
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
        Assert.Equal("[]", (await admin.Session.GetAsync($"/api/auth/users/{mary.Id}/sessions")).Expect(200).Text);
    }
}
