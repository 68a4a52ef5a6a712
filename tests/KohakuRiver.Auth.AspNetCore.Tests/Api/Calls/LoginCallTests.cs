namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Status, login, logout and who am I.</summary>
public sealed class LoginCallTests
{
    [Fact]
    public async Task Status_BeforeAndAfterTheFirstAdmin_SaysWhetherSetupIsNeeded()
    {
        await using var host = await TestHost.StartApiAsync();
        var before = (await host.Anonymous.GetAsync("/api/auth/status")).Expect(200);
        Shape.Check(before.Json, "auth_enabled:b session_expire_hours:d setup_required:b");
        Assert.True(before["auth_enabled"].GetBoolean());
        Assert.Equal(24, before["session_expire_hours"].GetDouble());
        Assert.True(before["setup_required"].GetBoolean());

        await host.AddAsync(Role.Admin);
        var after = (await host.Anonymous.GetAsync("/api/auth/status")).Expect(200);
        Assert.False(after["setup_required"].GetBoolean());
    }

    [Fact]
    public async Task Status_WithAuthenticationOff_SaysSo()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Enabled = false });
        var status = (await host.Anonymous.GetAsync("/api/auth/status")).Expect(200);
        Assert.False(status["auth_enabled"].GetBoolean());
        Assert.False(status["setup_required"].GetBoolean());
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Login_WithTheRightPassword_AnswersTheUserAndSetsACookieThatWorks(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var user = await host.AddAsync(Role.User, "Mary");

        var login = (await host.Anonymous.PostAsync("/api/auth/login", new { username = "mary", password = TestHost.Password }))
            .Expect(200);

        Shape.Check(login.Json, "message:s user:o");
        Shape.Check(login["user"], Shape.User);
        Assert.Equal("Mary", login["user"].GetProperty("username").GetString());
        Assert.Equal("user", login["user"].GetProperty("role").GetString());
        Assert.Equal(2, login["user"].GetProperty("active_sessions").GetInt32());
        Assert.NotEqual("null", login["user"].GetProperty("last_login").GetRawText());
        Assert.Equal("application/json; charset=utf-8", login.Header("Content-Type"));
        Assert.Equal("no-store", login.Header("Cache-Control"));
        Assert.Equal("nosniff", login.Header("X-Content-Type-Options"));
        var me = (await (host.Anonymous with { Cookie = login.SetCookie() }).GetAsync("/api/auth/me")).Expect(200);
        Assert.Equal(user.Id, me.Id);
    }

    [Fact]
    public async Task Login_OverHttp_SetsTheCookieWithoutSecure()
    {
        await using var host = await TestHost.StartApiAsync();
        await host.AddAsync(Role.User, "mary");
        var login = await host.Anonymous.PostAsync("/api/auth/login", new { username = "mary", password = TestHost.Password });

        Assert.Equal(2, login.Headers("Set-Cookie").Length);
        Assert.All(login.Headers("Set-Cookie"), cookie =>
        {
            var parts = cookie.Split("; ");
            Assert.Matches("^kohakuriver_session(_[a-z0-9]{8})?=krs_", parts[0]);
            Assert.Equal(
                ["expires=Mon, 02 Mar 2026 12:00:00 GMT", "httponly", "path=/", "samesite=lax"], parts[1..].Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    [Trait("Requirement", "V3.3.1"), Trait("Requirement", "V3.3.3")]
    public async Task Login_OverHttps_SetsTheHostCookieAndReadsOnlyThatOne()
    {
        await using var host = await TestHost.StartApiAsync();
        await host.AddAsync(Role.User, "mary");
        var login = await host.Anonymous.PostAsync(
            "https://localhost/api/auth/login", new { username = "mary", password = TestHost.Password });

        var parts = Assert.Single(login.Headers("Set-Cookie")).Split("; ");
        Assert.Matches("^__Host-kohakuriver_session_[a-z0-9]{8}=krs_", parts[0]);
        Assert.Contains("secure", parts);
        Assert.Contains("httponly", parts);
        Assert.Contains("path=/", parts);
        Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        var secret = parts[0].Split('=')[1];
        var anonymous = host.Anonymous;
        (await (anonymous with { Header = ("Cookie", $"__Host-kohakuriver_session={secret}") })
            .GetAsync("https://localhost/api/auth/sessions")).Expect(200);
        (await (anonymous with { Cookie = secret }).GetAsync("https://localhost/api/auth/sessions")).ExpectProblem(401);
        (await (anonymous with { Header = ("Cookie", $"__Host-kohakuriver_session={secret}") }).GetAsync("/api/auth/sessions"))
            .ExpectProblem(401);
    }

    [Fact]
    public async Task Me_WithoutCredentials_AnswersTheAnonymousUser()
    {
        await using var host = await TestHost.StartApiAsync();
        var me = (await host.Anonymous.GetAsync("/api/auth/me")).Expect(200);
        Shape.Check(me.Json, Shape.User.Replace("created_at:t", "created_at:n", StringComparison.Ordinal));
        Assert.Equal(-1, me.Id);
        Assert.Equal("_anonymous", me["username"].GetString());
        Assert.Equal("anony", me["role"].GetString());
    }

    [Fact]
    public async Task Me_WithTheMasterSecret_AnswersTheSystem()
    {
        await using var host = await TestHost.StartApiAsync();
        foreach (var header in new[] { "X-Admin-Token", "X-Admin-Secret" })
        {
            var me = (await (host.Anonymous with { Header = (header, TestHost.MasterSecret) }).GetAsync("/api/auth/me")).Expect(200);
            Assert.Equal(0, me.Id);
            Assert.Equal("_system", me["username"].GetString());
            Assert.Equal("admin", me["role"].GetString());
        }
    }

    [Fact]
    public async Task PatchMe_WithAName_ChangesOnlyOneself()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Viewer);
        var other = await host.AddAsync(Role.Viewer);
        var me = (await mary.Session.PatchAsync("/api/auth/me", new { display_name = "  Mary of Houses  " })).Expect(200);
        Shape.Check(me.Json, Shape.User);
        Assert.Equal("Mary of Houses", me["display_name"].GetString());
        Assert.Equal(other.Name, (await other.Bearer.GetAsync("/api/auth/me"))["display_name"].GetString());
    }

    [Fact]
    public async Task PatchMe_WithALanguage_LeavesTheNameAndCanTakeItAway()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Viewer);
        var me = (await mary.Session.PatchAsync("/api/auth/me", new { display_name = (string?)null, language = "zh-hant" })).Expect(200);
        Shape.Check(me.Json, Shape.User.Replace("language:s?", "language:s", StringComparison.Ordinal));
        Assert.Equal((mary.Name, "zh-Hant"), (me["display_name"].GetString(), me["language"].GetString()));
        (await mary.Session.PatchAsync("/api/auth/me", new { language = "zh_Hant" })).ExpectProblem(400, "language");
        (await mary.Session.PatchAsync("/api/auth/me", new { })).ExpectProblem(400, "display_name");
        me = (await mary.Session.PatchAsync("/api/auth/me", new { language = "" })).Expect(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, me["language"].ValueKind);
    }

    [Fact]
    [Trait("Requirement", "S2"), Trait("Requirement", "V7.4.1")]
    public async Task Logout_WithACookie_EndsTheSessionAndClearsTheCookie()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Viewer);
        var logout = (await mary.Session.PostAsync("/api/auth/logout")).Expect(200);
        Shape.Check(logout.Json, "message:s");
        Assert.Equal("", logout.SetCookie());
        Assert.Contains("expires=Thu, 01 Jan 1970", logout.Header("Set-Cookie"), StringComparison.Ordinal);
        (await mary.Session.GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Bearer.GetAsync("/api/auth/me")).Expect(200);
        (await mary.Session.PostAsync("/api/auth/logout")).Expect(200);
    }

    [Fact]
    [Trait("Requirement", "V7.5.2"), Trait("Requirement", "V8.2.2")]
    public async Task Sessions_ListedAndEnded_AreOnesOwn()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Viewer);
        var other = await host.AddAsync(Role.Viewer);
        var second = (await host.LogInAsync(mary.Name)).Cookie;

        var list = (await mary.Session.GetAsync("/api/auth/sessions")).Expect(200).Json;
        Shape.CheckList(list, Shape.Session);
        Assert.Equal(2, list.GetArrayLength());
        Assert.Equal([false, true], list.EnumerateArray().Select(s => s.GetProperty("current").GetBoolean()));
        var secondId = list[0].GetProperty("id").GetInt64();

        (await other.Session.DeleteAsync($"/api/auth/sessions/{secondId}")).ExpectProblem(404);
        Shape.Check((await mary.Session.DeleteAsync($"/api/auth/sessions/{secondId}")).Expect(200).Json, "message:s");
        (await (host.Anonymous with { Cookie = second }).GetAsync("/api/auth/me")).ExpectProblem(401);
        (await mary.Session.DeleteAsync($"/api/auth/sessions/{secondId}")).ExpectProblem(404);
    }
}
