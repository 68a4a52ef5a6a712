
namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Access;

/// <summary>Every endpoint that is mapped, against every kind of caller (R1).</summary>
public sealed class RoleMatrixTests
{
    private static readonly Role[] Roles = [Role.Anony, Role.Viewer, Role.User, Role.Operator, Role.Admin];

    [Fact]
    [Trait("Requirement", "V8.1.1")]
    public async Task Table_ComparedWithWhatIsMapped_HasExactlyOneRowForEachEndpoint()
    {
        await using var host = await TestHost.StartApiAsync();
        Assert.Equal(
            EndpointTable.Rows.Select(r => r.Call).Order(StringComparer.Ordinal), EndpointTable.Mapped(host).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V8.2.1"), Trait("Requirement", "Known_Gitea2026")]
    public async Task EveryEndpoint_CalledByEveryRole_AnswersAsTheTableSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var faults = new List<string>();
        foreach (var role in Roles)
        {
            foreach (var byToken in new[] { false, true })
            {
                var user = await host.AddAsync(role);
                foreach (var row in EndpointTable.Rows)
                {
                    // A logout ends the session: everybody has one to spare.
                    var spare = row.Pattern.EndsWith("/logout", StringComparison.Ordinal) && !byToken
                        ? (await host.LogInAsync(user.Name)).Cookie
                        : user.Cookie;
                    var caller = byToken ? user.Bearer : user.Session with { Cookie = spare };
                    await CompareAsync(faults, $"{role} by {(byToken ? "token" : "cookie")}", caller, row, ForUser(row, role, byToken));
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "R1"), Trait("Requirement", "V6.3.4"), Trait("Requirement", "V7.2.1"), Trait("Requirement", "V8.2.1")]
    [Trait("Requirement", "V9.2.2"), Trait("Requirement", "Known_Gitea2026")]
    public async Task EveryEndpoint_CalledWithoutAGoodCredential_IsRefusedUnlessPublic(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var admin = await host.AddAsync(Role.Admin);
        var disabled = await host.AddAsync(Role.Admin);
        var shortLived = (await admin.Bearer.PostAsync("/api/auth/tokens", new { name = "short", expires_hours = 1 })).Expect(200)["token"]
            .GetString();
        (await admin.Bearer.PatchAsync($"/api/auth/users/{disabled.Id}", new { is_active = false })).Expect(200);
        host.Clock.Advance(TimeSpan.FromHours(1));

        var faults = new List<string>();
        var anonymous = host.Anonymous;
        var callers = new (string Name, ApiClient Client)[]
        {
            ("disabled by cookie", disabled.Session),
            ("disabled by token", disabled.Bearer),
            ("expired token", anonymous with { Bearer = shortLived }),
            ("garbage token", anonymous with { Bearer = "krt_garbage" }),
            ("empty token", anonymous with { Bearer = "" }),
            ("garbage cookie", anonymous with { Cookie = "garbage" }),
            ("session secret as token", anonymous with { Bearer = admin.Cookie }),
            ("token as session", anonymous with { Cookie = admin.Token }),
            ("wrong master secret beside a good token", admin.Bearer with { Master = "wrong" }),
            ("long master secret", admin.Bearer with { Master = new string('x', 5000) }),
            ("bad cookie twice", anonymous with { Cookie = $"garbage; {KohakuAuthDefaults.CookieName}={admin.Token}" }),
        };
        foreach (var row in EndpointTable.Rows)
        {
            await CompareAsync(faults, "anonymous", anonymous, row, row.Who is Who.Everybody or Who.AnyActor ? row.Allowed : 401);
            foreach (var (name, client) in callers)
            {
                await CompareAsync(faults, name, client, row, row.Who == Who.Everybody ? row.Allowed : 401);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V6.3.4"), Trait("Requirement", "V8.2.1")]
    public async Task EveryEndpoint_CalledWithTheMasterSecret_ActsAsSystemWithoutAccount(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var stale = await host.AddAsync(Role.Viewer);
        var faults = new List<string>();
        foreach (var row in EndpointTable.Rows)
        {
            var expected = row.Who is Who.Account or Who.Session ? 403 : row.Allowed;
            await CompareAsync(faults, "master secret", host.Master, row, expected);
            if (!row.Pattern.EndsWith("/logout", StringComparison.Ordinal))
            {
                await CompareAsync(faults, "master secret beside a cookie", host.Master with { Cookie = stale.Cookie }, row, expected);
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task EveryEndpoint_WithAuthenticationSwitchedOff_ActsAsSystem()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Options = o => o.Enabled = false });
        var faults = new List<string>();
        foreach (var row in EndpointTable.Rows)
        {
            var expected = row.AuthOff ?? (row.Who is Who.Account or Who.Session ? 403 : row.Allowed);
            await CompareAsync(faults, "auth off", host.Anonymous, row, expected);
            await CompareAsync(faults, "auth off with a garbage token", host.Anonymous with { Bearer = "garbage" }, row, expected);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task EveryEndpoint_CalledByAUserWithoutPermission_SaysThatItIsTheRole()
    {
        await using var host = await TestHost.StartApiAsync();
        var banned = await host.AddAsync(Role.Anony);
        foreach (var row in EndpointTable.Rows.Where(r => r.Who is not (Who.Everybody or Who.AnyActor)))
        {
            foreach (var caller in new[] { banned.Session, banned.Bearer })
            {
                using var request = caller.Request(row.Method, row.Path, row.Body);
                using var response = await host.Http.SendAsync(request);
                var answer = await ApiAnswer.ReadAsync(response, row.Call);
                Assert.Equal(Refusals.NoPermission.Message, answer.ExpectProblem(403)["detail"].GetString());
            }
        }
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "V8.2.1")]
    public async Task EveryEndpoint_CalledByAUserWhoMustChangeThePassword_SaysSo(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        await host.AddAsync(Role.Admin);
        var held = await host.AddAsync(Role.Admin);
        await host.ChangeAsync(new UpdateUserCommand { Id = held.Id, MustChangePassword = true });
        foreach (var row in EndpointTable.Rows.Where(r => r.Who is not (Who.Everybody or Who.AnyActor)))
        {
            foreach (var caller in new[] { held.Session, held.Bearer }
                .Where(c => c.Bearer is not null || row.Call != "POST /api/auth/password"))
            {
                using var request = caller.Request(row.Method, row.Path, row.Body);
                using var response = await host.Http.SendAsync(request);
                var problem = (await ApiAnswer.ReadAsync(response, row.Call)).ExpectProblem(403);
                Assert.Equal(Refusals.PasswordChangeRequired.Message, problem["detail"].GetString());
                Assert.Equal("password_change_required", problem["reason"].GetString());
            }
        }

        // What is left to them, and what comes of it.
        foreach (var caller in new[] { held.Session, held.Bearer })
        {
            Assert.True((await caller.GetAsync("/api/auth/me")).Expect(200)["must_change_password"].GetBoolean());
        }

        (await held.Session.PostAsync(
            "/api/auth/password", new { current_password = held.Password, new_password = "eight dry umbrellas in a box" })).Expect(200);
        (await held.Session.GetAsync("/api/auth/users")).Expect(200);
        (await held.Bearer.GetAsync("/api/auth/users")).Expect(200);
    }

    private static int ForUser(EndpointRow row, Role role, bool byToken) => row.Who switch
    {
        Who.Everybody or Who.AnyActor => row.Allowed,
        _ when role == Role.Anony => 403,
        Who.Session when byToken => 403,
        Who.Operator when role < Role.Operator => 403,
        Who.Admin when role < Role.Admin => 403,
        _ => row.Allowed,
    };

    private static async Task CompareAsync(List<string> faults, string name, ApiClient caller, EndpointRow row, int expected)
    {
        using var request = caller.Request(row.Method, row.Path, row.Body);

        // Headers only: a stream of events has no end.
        using var response = await caller.Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if ((int)response.StatusCode != expected)
        {
            faults.Add(
                $"{row}: {name}: {expected} wanted, {(int)response.StatusCode} came {string.Join('\n', caller.Host.Logs.Texts())}");
            return;
        }

        if (expected >= 400)
        {
            (await ApiAnswer.ReadAsync(response, $"{row} by {name}")).ExpectProblem(expected);
        }
    }
}
