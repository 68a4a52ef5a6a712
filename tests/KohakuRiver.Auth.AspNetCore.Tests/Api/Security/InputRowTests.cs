using KohakuRiver.Auth.AspNetCore.Tests.Api.Input;
using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Text that tries to be more than text.</summary>
public sealed class InputRowTests
{
    [Fact]
    public async Task V1_2_4_V1_2_9_Search_ForSqlPatternsAndExpressions_IsLiteral()
    {
        await using var host = await ApiHost.StartAsync(StoreKind.Sqlite);
        var admin = await host.AddAsync(Role.Admin, "admin.one");
        await host.AddAsync(Role.User, "mary_x");
        await host.AddAsync(Role.User, "maryyx");
        var before = await StateDump.OfAsync(host);
        string[] hostile =
        [
            "' OR 1=1--", "\"; DROP TABLE users;--", "') OR ('1'='1", "1; DELETE FROM users", "\\' OR 1=1", "%", "_", "mary%", "m_ry", "(((", ".*", "[a-z]*", "^mary", "m*", "?", "\\", "mary\\_",
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
    public async Task V1_5_2_TypeHints_InEveryBody_AreUnknownFields()
    {
        await using var host = await ApiHost.StartAsync();
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
    public async Task V4_2_4_NamesAndIds_WithLineBreaks_MakeNoHeaderLine()
    {
        await using var host = await ApiHost.StartAsync();
        var admin = await host.AddAsync(Role.Admin);
        foreach (var path in new[] { "/api/auth/users/1%0d%0aX-Injected:%201", "/api/approve/a%0d%0aX-Injected:%201", "/api/auth/users?search=%0d%0aX-Injected:%201", "/api/auth/users?limit=1&search=a%0d%0aX-Injected:%201" })
        {
            var answer = await admin.Session.SendAsync(path.Contains("approve", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, path);
            Assert.Null(answer.Header("X-Injected"));
            Assert.DoesNotContain("X-Injected: 1", answer.Header("Link") ?? "", StringComparison.Ordinal);
        }

        (await admin.Session.PostAsync("/api/auth/users", new { username = "a\r\nX-Injected: 1", password = ApiHost.Password, role = "viewer" })).ExpectProblem(400, "username");
    }
}
