using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>What every answer of the API carries, and what none does.</summary>
public sealed class AnswerRowTests
{
    // Streams never end; they have tests of their own.
    private static IEnumerable<EndpointRow> Reads =>
        EndpointTable.Rows.Where(r => r.IsSafe && !r.Pattern.EndsWith("/events", StringComparison.Ordinal));

    [Fact]
    [Trait("Requirement", "V3.2.1"), Trait("Requirement", "V3.4.4"), Trait("Requirement", "V3.5.6"), Trait("Requirement", "V3.5.8")]
    [Trait("Requirement", "V4.1.1"), Trait("Requirement", "V14.2.2"), Trait("Requirement", "V14.3.2")]
    public async Task EveryRead_OpenedAsADocument_StaysGuardedJson()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var asDocument = admin.Session with { Header = ("Sec-Fetch-Dest", "document") };
        var good = 0;
        foreach (var row in Reads)
        {
            var answer = await asDocument.GetAsync(row.Path);
            var called = await admin.Session.GetAsync(row.Path + "?callback=steal");
            foreach (var one in new[] { answer, called })
            {
                Assert.Equal(one.Status < 400 ? "application/json; charset=utf-8" : ProblemResult.ContentType, one.Header("Content-Type"));
                Assert.Equal(
                    ("nosniff", "no-store", "same-origin"),
                    (one.Header("X-Content-Type-Options"), one.Header("Cache-Control"), one.Header("Cross-Origin-Resource-Policy")));
                Assert.DoesNotContain("steal(", one.Text, StringComparison.Ordinal);
                Assert.Contains(one.Text[0], "{[");
            }

            Assert.True(called.Status == answer.Status || called.Status == 400, $"{row}: {called.Status}");
            good += answer.Status == 200 ? 1 : 0;
        }

        Assert.True(good > 10, $"Only {good} calls answered.");
        var csv = (await admin.Session.GetAsync("/api/auth/audit?format=csv")).Expect(200);
        Assert.Equal(
            ("text/csv; charset=utf-8", "nosniff", "no-store"),
            (csv.Header("Content-Type"), csv.Header("X-Content-Type-Options"), csv.Header("Cache-Control")));
    }

    [Fact]
    [Trait("Requirement", "V3.4.2")]
    public async Task EveryEndpoint_AskedFromAnotherOrigin_AllowsNone()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        foreach (var row in EndpointTable.Rows.Where(r => !r.Pattern.EndsWith("/events", StringComparison.Ordinal)))
        {
            foreach (var origin in new[] { "https://evil.example", "null", "http://localhost" })
            {
                foreach (var method in new[] { row.Method, HttpMethod.Options })
                {
                    using var request = (admin.Bearer with { Header = ("Origin", origin) }).Request(
                        method, row.Path, method == row.Method ? row.Body : null);
                    request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", row.Method.Method);
                    using var response = await host.Http.SendAsync(request);
                    Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
                }
            }
        }
    }

    [Theory]
    [InlineData("https://cluster.example", "max-age=31536000")]
    [InlineData("http://cluster.example", null)]
    [InlineData("https://localhost", null)]
    [InlineData("https://127.0.0.1", null)]
    [Trait("Requirement", "V3.4.1")]
    public async Task Answers_OfEveryStatus_TellBrowsersToStayWithHttps(string site, string? expected)
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        async Task ExpectAsync(int status, ApiClient client, HttpMethod method, string path, object? body = null) =>
            Assert.Equal(expected, (await client.SendAsync(method, site + path, body)).Expect(status).Header("Strict-Transport-Security"));

        await ExpectAsync(200, host.Anonymous, HttpMethod.Get, "/api/auth/status");
        await ExpectAsync(200, admin.Bearer, HttpMethod.Get, "/api/auth/users");
        await ExpectAsync(200, admin.Bearer, HttpMethod.Post, "/api/auth/groups", new { name = "lab" });
        await ExpectAsync(400, admin.Bearer, HttpMethod.Post, "/api/auth/groups", "{}");
        await ExpectAsync(401, host.Anonymous, HttpMethod.Get, "/api/auth/users");
        await ExpectAsync(403, (await host.AddAsync(Role.Viewer)).Bearer, HttpMethod.Get, "/api/auth/users");
        await ExpectAsync(404, admin.Bearer, HttpMethod.Get, "/api/auth/users/999");
        await ExpectAsync(404, admin.Bearer, HttpMethod.Get, "/api/no-such-call");
        await ExpectAsync(405, admin.Bearer, HttpMethod.Put, "/api/auth/groups");
        await ExpectAsync(409, admin.Bearer, HttpMethod.Post, "/api/auth/groups", new { name = "lab" });
        await ExpectAsync(415, admin.Bearer, HttpMethod.Post, "/api/auth/groups", new StringContent("x"));
        host.Database.IsDown = true;
        await ExpectAsync(503, admin.Bearer, HttpMethod.Get, "/api/auth/users");
    }

    [Fact]
    [Trait("Requirement", "V3.3.4"), Trait("Requirement", "V3.3.5")]
    public async Task Login_OfShortestAndLongestAccount_SetsCookiesOfOneSizeAndShowsThemNowhereElse()
    {
        await using var host = await TestHost.StartApiAsync();
        var groups = new List<long>();
        for (var i = 0; i < 30; i++)
        {
            groups.Add((await host.Master.PostAsync("/api/auth/groups", new { name = $"{new string('g', 80)}{i}" })).Id);
        }

        var shortest = await host.AddAsync(Role.Viewer, "abc");
        var longest = await host.AddAsync(Role.Admin, new string('x', 50), [.. groups]);
        var sizes = new List<int>();
        foreach (var user in new[] { shortest, longest })
        {
            var browser = host.Anonymous with { Header = ("Sec-Fetch-Site", "same-origin") };
            var login = (await browser.PostAsync("/api/auth/login", new { username = user.Name, password = TestHost.Password }))
                .Expect(200);
            var cookie = Assert.Single(login.Headers("Set-Cookie"));
            sizes.Add(cookie.Length);
            Assert.DoesNotContain(login.SetCookie()![4..20], login.Text, StringComparison.Ordinal);
            var session = host.Anonymous with { Cookie = login.SetCookie() };
            Assert.DoesNotContain(
                login.SetCookie()![4..20],
                (await session.GetAsync("/api/auth/me")).Text + (await session.GetAsync("/api/auth/sessions")).Text,
                StringComparison.Ordinal);
        }

        Assert.Equal(sizes[0], sizes[1]);
        Assert.InRange(sizes[0], 1, 400);
    }

    [Fact]
    [Trait("Requirement", "V4.1.4")]
    public async Task Methods_ThatNobodyUses_DoNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.User, "mary");
        var before = await StateDump.OfAsync(host);
        foreach (var method in new[] { "TRACE", "CONNECT", "PROPFIND", "MOVE", "LINK", "get", "FOO" })
        {
            foreach (var path in new[] { $"/api/auth/users/{mary.Id}", "/api/auth/users", "/api/auth/status" })
            {
                (await admin.Session.SendAsync(new HttpMethod(method), path)).Expect(method == "get" ? 200 : 405);
            }
        }

        foreach (var name in new[] { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
        {
            (await (admin.Session with { Header = (name, "DELETE") }).GetAsync($"/api/auth/users/{mary.Id}")).Expect(200);
            (await (admin.Session with { Header = (name, "DELETE") }).PostAsync($"/api/auth/users/{mary.Id}", "{}")).ExpectProblem(405);
        }

        (await admin.Session.GetAsync($"/api/auth/users/{mary.Id}?_method=DELETE")).Expect(200);
        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "V4.1.3")]
    public async Task Headers_OfProxiesNobodyTrusts_AreIgnored()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        (string Name, string Value)[] headers =
        [
            ("X-Forwarded-For", "198.51.100.77"), ("X-Real-IP", "198.51.100.77"), (
                "Forwarded", "for=198.51.100.77;host=evil.example;proto=https"),
            ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-User-ID", admin.Name), ("X-Remote-User", admin.Name),
        ];
        foreach (var header in headers)
        {
            (await (host.Anonymous with { Header = header }).GetAsync("/api/auth/users")).ExpectProblem(401);
            var made = (await (admin.Session with { Header = header, Address = "203.0.113.9" })
                .PostAsync("/api/auth/invitations", new { role = "viewer" })).Expect(200);
            Assert.DoesNotContain("evil.example", made.Text, StringComparison.Ordinal);
            Assert.Contains("http://localhost/", made.Text, StringComparison.Ordinal);
        }

        var audit = (await host.Master.GetAsync("/api/auth/audit?limit=500")).Expect(200).Text;
        Assert.DoesNotContain("198.51.100.77", audit, StringComparison.Ordinal);
        Assert.Contains("203.0.113.9", audit, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V16.4.2")]
    public async Task AuditLog_WhateverIsSentToIt_KeepsItsEntries()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var before = (await host.Master.GetAsync("/api/auth/audit?limit=500")).Expect(200).Text;
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete })
        {
            (await admin.Session.SendAsync(method, "/api/auth/audit", "{}")).ExpectProblem(405);
            (await admin.Session.SendAsync(method, "/api/auth/audit/1", "{}")).ExpectProblem(404);
        }

        Assert.Equal(before, (await host.Master.GetAsync("/api/auth/audit?limit=500")).Expect(200).Text);

        // Stores cannot do more either: they add, read, and drop what is past its time.
        Assert.Equal(
            ["AppendAsync", "ListAsync", "PruneAsync", "StreamAsync"],
            typeof(Stores.IAuditStore).GetMethods().Select(m => m.Name).Order(StringComparer.Ordinal));
    }
}
