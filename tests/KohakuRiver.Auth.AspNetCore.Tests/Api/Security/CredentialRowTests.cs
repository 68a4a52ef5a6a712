using System.Text;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>What passes for a credential, and what does not.</summary>
public sealed class CredentialRowTests
{
    [Fact]
    [Trait("Requirement", "V7.2.2")]
    public async Task MasterSecret_AsCookieOrBearer_Is401()
    {
        await using var host = await TestHost.StartApiAsync();
        await host.AddAsync(Role.Admin);
        foreach (var secret in new[] { TestHost.MasterSecret, TestHost.RegisterSecret })
        {
            (await (host.Anonymous with { Cookie = secret }).GetAsync("/api/auth/users")).ExpectProblem(401);
            (await (host.Anonymous with { Bearer = secret }).GetAsync("/api/auth/users")).ExpectProblem(401);
        }

        (await (host.Anonymous with { Master = TestHost.RegisterSecret }).GetAsync("/api/auth/users")).ExpectProblem(401);
        Assert.Null((await host.Master.GetAsync("/api/auth/users")).Expect(200).Header("Set-Cookie"));
    }

    [Fact]
    [Trait("Requirement", "V7.2.1"), Trait("Requirement", "V9.1.1")]
    public async Task Secret_ChangedInAnyCharacter_Is401()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        foreach (var (secret, isCookie) in new[] { (mary.Cookie, true), (mary.Token, false) })
        {
            for (var i = 0; i < secret.Length; i++)
            {
                var changed = secret[..i] + (secret[i] == 'a' ? 'b' : 'a') + secret[(i + 1)..];
                var client = isCookie ? host.Anonymous with { Cookie = changed } : host.Anonymous with { Bearer = changed };
                (await client.GetAsync("/api/auth/me")).ExpectProblem(401);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "V9.1.2"), Trait("Requirement", "Known_KohakuRiverInvalidBearer")]
    public async Task SelfMadeTokens_Are401()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Admin);
        static string Part(string json) =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        foreach (var head in new[] { """{"alg":"none","typ":"JWT"}""", """{"alg":"HS256","typ":"JWT"}""" })
        {
            var jwt = $"{Part(head)}.{Part($$"""{"sub":"{{mary.Id}}","name":"{{mary.Name}}","role":"admin"}""")}.";
            (await (host.Anonymous with { Bearer = jwt }).GetAsync("/api/auth/me")).ExpectProblem(401);
            (await (host.Anonymous with { Cookie = jwt }).GetAsync("/api/auth/me")).ExpectProblem(401);
            (await (host.Anonymous with { Bearer = jwt }).GetAsync("/api/auth/users")).ExpectProblem(401);
        }
    }

    [Fact]
    [Trait("Requirement", "V7.6.2")]
    public async Task EveryRead_AndEveryBearerCall_SetsNoSession()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Admin);
        foreach (var row in EndpointTable.Rows)
        {
            var callers = new[] { mary.Bearer, host.Master }.Concat(row.IsSafe ? [mary.Session, host.Anonymous] : Array.Empty<ApiClient>());
            foreach (var caller in callers)
            {
                using var request = caller.Request(row.Method, row.Path, row.Body);
                using var response = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var set = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.ToList() : [];
                Assert.True(
                    set.All(c => c.StartsWith(KohakuAuthDefaults.CookieName, StringComparison.Ordinal) && c.Split(';')[0].EndsWith('=')),
                    $"{row}: {string.Join('|', set)}");
            }
        }
    }

    [Theory]
    [InlineData("role", "\"admin\"")]
    [InlineData("is_active", "true")]
    [InlineData("id", "1")]
    [InlineData("username", "\"another\"")]
    [InlineData("group_ids", "[1]")]
    [InlineData("created_at", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("password", "\"eight dry umbrellas in a box\"")]
    [Trait("Requirement", "V15.3.3"), Trait("Requirement", "V7.5.1"), Trait("Requirement", "V8.2.3")]
    public async Task OwnAccount_FieldThatIsNotOnes_IsRefused(string field, string value)
    {
        await using var host = await TestHost.StartApiAsync();
        await host.Master.PostAsync("/api/auth/groups", new { name = "lab" });
        var mary = await host.AddAsync(Role.User);
        var before = await StateDump.OfAsync(host);
        foreach (var client in new[] { mary.Session, mary.Bearer })
        {
            (await client.PatchAsync("/api/auth/me", $$"""{"display_name":"Mary","{{field}}":{{value}}}""")).ExpectProblem(400, field);
            (await client.PatchAsync($"/api/auth/users/{mary.Id}", $$"""{"{{field}}":{{value}}}""")).Expect(403);
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }

    [Fact]
    [Trait("Requirement", "Known_BetterAuth2025")]
    public async Task Token_AskedForForAnother_IsNotMade()
    {
        await using var host = await TestHost.StartApiAsync();
        var victim = await host.AddAsync(Role.Admin);
        var mary = await host.AddAsync(Role.User);
        var before = await StateDump.OfAsync(host);
        foreach (var path in new[] { "/api/auth/tokens", "/api/auth/tokens/create" })
        {
            foreach (var client in new[] { mary.Session, mary.Bearer })
            {
                foreach (var field in new[] { "user_id", "owner", "owner_id", "userId", "role", "permissions" })
                {
                    (await client.PostAsync(path, $$"""{"name":"theirs","{{field}}":{{victim.Id}}}""")).ExpectProblem(400, field);
                }
            }

            (await host.Anonymous.PostAsync(path, new { name = "theirs", user_id = victim.Id })).ExpectProblem(401);
        }

        Assert.Equal(before, await StateDump.OfAsync(host));

        // A query that names somebody else says nothing to this call.
        var made = (await mary.Session.PostAsync($"/api/auth/tokens?user_id={victim.Id}&owner=all", new { name = "mine" })).Expect(200);
        Assert.Equal(mary.Id, (await (host.Anonymous with { Bearer = made["token"].GetString() }).GetAsync("/api/auth/me")).Expect(200).Id);
        Assert.Equal("1", (await victim.Session.GetAsync("/api/auth/tokens")).Header("X-Total-Count"));
    }

    [Fact]
    [Trait("Requirement", "Known_Grafana2026")]
    public async Task Operator_AgainstAnAdmin_IsForbidden()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin);
        await host.AddAsync(Role.Admin);
        var boss = await host.AddAsync(Role.Operator);
        var before = await StateDump.OfAsync(host);
        foreach (var client in new[] { boss.Session, boss.Bearer })
        {
            var user = $"/api/auth/users/{admin.Id}";
            (await client.DeleteAsync(user)).ExpectProblem(403);
            (await client.PatchAsync(user, new { is_active = false })).ExpectProblem(403);
            (await client.PutAsync($"{user}/role", new { role = "viewer" })).ExpectProblem(403);
            (await client.PutAsync($"{user}/password", new { new_password = TestHost.Password })).ExpectProblem(403);
            (await client.PostAsync($"{user}/reset-link")).ExpectProblem(403);
            (await client.DeleteAsync($"{user}/sessions")).ExpectProblem(403);
        }

        Assert.Equal(before, await StateDump.OfAsync(host));
    }
}
