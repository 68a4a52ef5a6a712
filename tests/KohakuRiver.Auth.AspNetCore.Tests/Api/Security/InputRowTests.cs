using KohakuRiver.Auth.AspNetCore.Tests.Api.Input;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Text that tries to be more than text.</summary>
public sealed class InputRowTests
{
    [Fact]
    [Trait("Requirement", "V1.2.4"), Trait("Requirement", "V1.2.9")]
    public async Task Search_ForSqlPatternsAndExpressions_IsLiteral()
    {
        await using var host = await TestHost.StartApiAsync(StoreKind.Sqlite);
        var admin = await host.AddAsync(Role.Admin, "admin.one");
        await host.AddAsync(Role.User, "mary_x");
        await host.AddAsync(Role.User, "maryyx");
        var before = await StateDump.OfAsync(host);
        string[] hostile =
        [
            "' OR 1=1--", "\"; DROP TABLE users;--", "') OR ('1'='1", "1; DELETE FROM users", "\\' OR 1=1", "%", "__", "mary%", "m_ry",
            "(((", ".*", "[a-z]*", "^mary", "m*", "?", "\\", "mary\\_",
        ];
        foreach (var text in hostile)
        {
            var sent = Uri.EscapeDataString(text);
            Assert.Equal(0, (await admin.Session.GetAsync($"/api/auth/users?search={sent}")).Expect(200).Json.GetArrayLength());
            foreach (var name in new[] { "actor", "action", "target" })
            {
                Assert.Equal(0, (await admin.Session.GetAsync($"/api/auth/audit?{name}={sent}")).Expect(200).Json.GetArrayLength());
            }

            foreach (var query in new[] { "sort", "limit", "cursor", "role", "group_id", "is_active" })
            {
                (await admin.Session.GetAsync($"/api/auth/users?{query}={sent}")).ExpectProblem(400, query);
            }

            (await host.Anonymous.PostAsync("/api/auth/login", new { username = text, password = text })).ExpectProblem(401);
        }

        // The same characters find what really bears them.
        Assert.Equal(1, (await admin.Session.GetAsync("/api/auth/users?search=mary_")).Json.GetArrayLength());
        Assert.Equal(1, (await admin.Session.GetAsync("/api/auth/users?search=admin.")).Json.GetArrayLength());
        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    public async Task Users_OfOneName_AreThatOneOrNone()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        await host.AddAsync(Role.User, "mary");
        await host.AddAsync(Role.User, "rosemary");

        foreach (var (query, count) in ((string, int)[])
        [
            ("username=MARY", 1), ("username=mar", 0), ("username=nobody", 0), ("username=a%20b", 0),
            ("username=mary&search=rose&role=admin", 1), ("search=mary", 2), ("username=&search=mary", 2),
        ])
        {
            var found = (await admin.Session.GetAsync("/api/auth/users?" + query)).Expect(200);
            Assert.Equal((query, count), (query, found.Json.GetArrayLength()));
        }

        Assert.Equal(
            "mary", (await admin.Session.GetAsync("/api/auth/users?username=Mary")).Json[0].GetProperty("username").GetString());
        (await admin.Session.GetAsync("/api/auth/users?username=mary&username=x")).ExpectProblem(400, "username");
        (await (await host.AddAsync(Role.User)).Session.GetAsync("/api/auth/users?username=mary")).ExpectProblem(403);
    }

    [Fact]
    [Trait("Requirement", "V1.5.2")]
    public async Task TypeHints_InEveryBody_AreUnknownFields()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.User, "mary");
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        await host.SubmitAsync(mary, "t-1");
        var before = await StateDump.OfAsync(host);
        foreach (var sample in BodyCase.All(mary.Id, group))
        {
            foreach (var hint in new[] { "$type", "$id", "$ref", "$values", "__type", "@type" })
            {
                var body = $$"""{"{{hint}}":"System.Diagnostics.Process, System",{{sample.Good[1..]}}""";
                (await admin.Session.SendAsync(sample.Method, sample.Path, body)).ExpectProblem(400, hint);
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "V4.2.4")]
    public async Task NamesAndIds_WithLineBreaks_MakeNoHeaderLine()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        foreach (var (method, path, status) in new[]
        {
            (HttpMethod.Get, "/api/auth/users/1%0d%0aX-Injected:%201", 404),
            (HttpMethod.Post, "/api/approve/a%0d%0aX-Injected:%201", 404),
            (HttpMethod.Get, "/api/auth/users?limit=1&search=%0d%0aX-Injected:%201", 200),
        })
        {
            Assert.Null((await admin.Session.SendAsync(method, path)).Expect(status).Header("X-Injected"));
        }

        // The one header that repeats what was sent: the link to the next page, of a search that has one.
        const string Command = "a\r\nX-Injected: 1";
        var mary = await host.AddAsync(Role.User, "mary");
        await host.SubmitAsync(mary, "t-1", Command);
        await host.SubmitAsync(mary, "t-2", Command);
        var list = (await admin.Session.GetAsync($"/api/auth/audit?limit=1&target={Uri.EscapeDataString(Command)}")).Expect(200);
        Assert.Equal(Command, list.Json[0].GetProperty("target").GetString());
        Assert.Contains("target=a%0D%0AX-Injected", Assert.Single(list.Headers("Link")), StringComparison.Ordinal);
        Assert.Null(list.Header("X-Injected"));

        (await admin.Session.PostAsync(
            "/api/auth/users",
            new { username = "a\r\nX-Injected: 1", password = TestHost.Password, role = "viewer" })).ExpectProblem(400, "username");
    }
}
