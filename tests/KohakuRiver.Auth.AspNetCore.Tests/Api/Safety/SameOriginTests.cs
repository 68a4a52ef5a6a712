using System.Text;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Safety;

/// <summary>Changes that other sites or plain forms could send (R4), for every unsafe endpoint there is.</summary>
public sealed class SameOriginTests
{
    private static readonly (string Name, string Value)[] Foreign =
    [
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Site", "Same-Origin"),
        ("Origin", "https://evil.example"), ("Origin", "null"), (
            "Origin", "http://localhost.evil.example"), ("Origin", "https://localhost"), ("Origin", "http://localhost:81"),
    ];

    private static readonly (string Name, string Value)[] Own =
    [
        ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none"), ("Origin", "http://localhost"), ("Origin", "http://localhost:80"),
    ];

    private static IEnumerable<EndpointRow> Unsafe => EndpointTable.Rows.Where(r => !r.IsSafe);

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.1"), Trait("Requirement", "Known_JupyterHubNoCors2026")]
    public async Task EveryUnsafeEndpoint_SentFromAnotherSiteWithACookie_IsForbiddenAndChangesNothing(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        var before = await StateDump.OfAsync(host);
        foreach (var row in Unsafe)
        {
            foreach (var header in Foreign)
            {
                (await (admin.Session with { Header = header }).SendAsync(row.Method, row.Path, row.Body)).ExpectProblem(403);
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "R4")]
    public async Task EveryUnsafeEndpoint_SentFromThisSiteOrByToken_IsNotHeldUp()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        foreach (var row in Unsafe)
        {
            var isLogout = row.Pattern.EndsWith("/logout", StringComparison.Ordinal);
            foreach (var header in Own)
            {
                var cookie = isLogout ? (await host.LogInAsync(admin.Name)).Cookie : admin.Cookie;
                (await (admin.Session with { Cookie = cookie, Header = header }).SendAsync(row.Method, row.Path, row.Body))
                    .Expect(row.Allowed);
            }

            // Calls that look at no credential cannot tell a token from a cookie either.
            if (row.Who is not (Who.Everybody or Who.Session))
            {
                (await (admin.Bearer with { Header = Foreign[0] }).SendAsync(row.Method, row.Path, row.Body)).Expect(row.Allowed);
                if (row.Who is not Who.Account)
                {
                    (await (host.Master with { Header = Foreign[0] }).SendAsync(row.Method, row.Path, row.Body)).Expect(row.Allowed);
                }
            }
        }
    }

    [Fact]
    public async Task EveryUnsafeEndpoint_WithAuthenticationOff_IsStillForThisSiteOnly()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Enabled = false });
        foreach (var row in Unsafe)
        {
            (await (host.Anonymous with { Header = Foreign[0] }).SendAsync(row.Method, row.Path, row.Body)).ExpectProblem(403);
        }
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.2"), Trait("Requirement", "Known_JupyterHubNoCors2026")]
    public async Task EveryUnsafeEndpoint_SentABodyThatIsNotJson_Is415AndChangesNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var before = await StateDump.OfAsync(host);
        foreach (var row in Unsafe)
        {
            foreach (var client in new[] { admin.Session, admin.Bearer })
            {
                foreach (var type in new[]
                {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/json; charset=utf-16",
                    "text/json",
                    "application/jsonx",
                    null,
                })
                {
                    var content = new ByteArrayContent(Encoding.UTF8.GetBytes(row.Body ?? "{}"));
                    if (type is not null)
                    {
                        content.Headers.TryAddWithoutValidation("Content-Type", type);
                    }

                    // Changing one's password is for a login alone, and said so before the body is read.
                    var isForLoginsAlone = row.Path == "/api/auth/password" && client == admin.Bearer;
                    (await client.SendAsync(row.Method, row.Path, content)).ExpectProblem(isForLoginsAlone ? 403 : 415);
                }
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.3"), Trait("Requirement", "V4.1.4"), Trait("Requirement", "V13.4.4")]
    public async Task EveryUnsafeRoute_ReadWithGetOrHead_Is405AndChangesNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        var before = await StateDump.OfAsync(host);
        var readable = EndpointTable.Rows.Where(r => r.IsSafe).Select(r => r.Pattern).ToHashSet(StringComparer.Ordinal);
        foreach (var row in Unsafe)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Trace })
            {
                if (method != HttpMethod.Get || !readable.Contains(row.Pattern))
                {
                    (await admin.Session.SendAsync(method, row.Path)).Expect(405);
                }
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "R4"), Trait("Requirement", "V3.5.3")]
    public async Task EverySafeRoute_ReadWithGetAndHead_ChangesNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        (await host.Master.PostAsync("/api/auth/invitations", new { role = "user", max_usage = 2 })).Expect(200);
        var before = await StateDump.OfAsync(host);
        foreach (var row in EndpointTable.Rows.Where(r => r.IsSafe && !r.Pattern.EndsWith("/events", StringComparison.Ordinal)))
        {
            foreach (
                var path in new[] { row.Path, row.Path.Replace("999999", "1", StringComparison.Ordinal) }.Distinct(StringComparer.Ordinal))
            {
                foreach (var client in new[] { admin.Session, admin.Bearer, host.Anonymous })
                {
                    Assert.True((await client.GetAsync(path)).Status < 500, path);
                    Assert.True((await client.SendAsync(HttpMethod.Head, path)).Status < 500, path);
                }
            }
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }
}
