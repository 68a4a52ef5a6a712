
namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Safety;

/// <summary>The database is unavailable: 503, never a guess; and everything goes on when it is back.</summary>
public sealed class OutageTests
{
    // Bodies that get as far as the database.
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/auth/login"] = """{"username":"mary","password":"seven wet umbrellas in a row"}""",
        ["POST /api/auth/register"] = """{"username":"joan","password":"seven wet umbrellas in a row"}""",
        ["POST /api/auth/reset"] = """{"code":"CODE","new_password":"seven wet umbrellas in a row"}""",
        ["POST /api/auth/users"] = """{"username":"joan","password":"seven wet umbrellas in a row","role":"user"}""",
        ["POST /api/auth/groups"] = """{"name":"lab"}""",
        ["POST /api/auth/invitations"] = "{}",
        ["POST /api/auth/invitations/create"] = "{}",
        ["PATCH /api/auth/settings"] = """{"session_idle_hours":1}""",
    };

    // What needs no database and so goes on: who the master secret is, the calls it has no account for, the API's description, and that
    // no instance is unknown where the host lists none.
    private static readonly Dictionary<string, int> WithoutDatabase = new(StringComparer.Ordinal)
    {
        ["GET /api/auth/me"] = 200,
        ["GET /api/auth/vps/unknown"] = 200,
        ["GET /api/openapi.json"] = 200,
        ["POST /api/auth/logout"] = 200,
    };

    [Fact]
    [Trait("Requirement", "V16.5.2")]
    public async Task EveryEndpoint_WhileTheDatabaseIsDown_Is503AndGoesOnAfterwards()
    {
        await using var host = await TestHost.StartApiAsync();
        var admin = await host.AddAsync(Role.Admin, "mary");
        var jane = await host.AddAsync(Role.User, "jane");
        var code = (await host.Master.PostAsync($"/api/auth/users/{jane.Id}/reset-link")).Expect(200)["code"].GetString();
        var before = await StateDump.OfAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        host.Database.IsDown = true;
        foreach (var row in EndpointTable.Rows)
        {
            var body = Bodies.GetValueOrDefault(row.Call)?.Replace("CODE", code, StringComparison.Ordinal) ?? row.Body;
            foreach (var client in new[] { admin.Session, admin.Bearer })
            {
                // Only a cookie makes a logout ask the database.
                var expected = row.Pattern.EndsWith("/logout", StringComparison.Ordinal) && client.Cookie is null ? 200 : 503;
                Check(await client.SendAsync(row.Method, row.Path, body), expected);
            }

            Check(
                await host.Master.SendAsync(row.Method, row.Path, body),
                row.Who is Who.Account or Who.Session ? 403 : WithoutDatabase.GetValueOrDefault(row.Call, 503));
            Check(
                await host.Anonymous.SendAsync(row.Method, row.Path, body),
                row.Who is Who.Everybody or Who.AnyActor ? WithoutDatabase.GetValueOrDefault(row.Call, 503) : 401);
        }

        host.Database.IsDown = false;
        Assert.Equal(before, await StateDump.OfAsync(host));
        foreach (
            var row in EndpointTable.Rows.Where(r => r.Who is not Who.Everybody && !r.Call.EndsWith("/events", StringComparison.Ordinal)))
        {
            (await admin.Session.SendAsync(row.Method, row.Path, row.Body)).Expect(row.Allowed);
        }
    }

    [Fact]
    [Trait("Requirement", "V16.5.2")]
    public async Task Exports_WhileTheDatabaseIsDown_Are503NotHalfAFile()
    {
        await using var host = await TestHost.StartApiAsync();
        host.Database.IsDown = true;
        (await host.Master.GetAsync("/api/auth/audit?format=csv")).ExpectProblem(503);
        (await host.Master.GetAsync("/api/auth/audit?format=jsonl")).ExpectProblem(503);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stream_WhenTheDatabaseGoesDown_Ends()
    {
        await using var host = await TestHost.StartApiAsync();
        await using var stream = await EventStream.OpenAsync(
            host.Master, "/api/tasks/pending-approval/events", TestContext.Current.CancellationToken);
        Assert.Equal("count: 0", await stream.NextAsync());
        host.Database.IsDown = true;
        await Flows.EventFlowTests.AssertEndsAsync(host, stream);
    }

    [Fact]
    [Trait("Requirement", "R9"), Trait("Requirement", "V13.4.2"), Trait("Requirement", "V16.5.1"), Trait("Requirement", "V16.5.4")]
    public async Task UnknownFault_InTheMiddleOfACall_TellsNothingOfItself()
    {
        await using var host = await TestHost.StartApiAsync();

        // The first read of a minute is recorded before the call; the fault is to meet the call itself.
        (await host.Master.GetAsync("/api/auth/users")).Expect(200);
        host.Database.FailNext(new InvalidOperationException("SELECT secret FROM /src/path"));
        using var request = host.Master.Request(HttpMethod.Get, "/api/auth/users");
        using var response = await host.Http.SendAsync(request);
        (await ApiAnswer.ReadAsync(response, "GET /api/auth/users")).ExpectProblem(500);
        (await host.Master.GetAsync("/api/auth/users")).Expect(200);
    }

    [Theory]
    [InlineData("/api/auth/me")]
    [InlineData("/api/auth/users")]
    [Trait("Requirement", "V16.3.4"), Trait("Requirement", "V16.5.3")]
    public async Task UnknownFault_WhileTheCallerIsLookedUp_Is500AndLoggedAndLetsNobodyIn(string path)
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.Admin, "mary");
        foreach (var credential in new[] { mary.Session, mary.Bearer })
        {
            (await credential.GetAsync(path)).Expect(200);
            var logged = host.Logs.Count;
            host.Database.FailNext(new InvalidOperationException("nobody thought of this"));
            using var request = credential.Request(HttpMethod.Get, path);
            using var response = await host.Http.SendAsync(request);
            var answer = (await ApiAnswer.ReadAsync(response, path)).ExpectProblem(500);
            Assert.DoesNotContain("mary", answer.Text, StringComparison.Ordinal);
            Assert.Contains(host.Logs.Texts().Skip(logged), e => e.Contains("nobody thought of this", StringComparison.Ordinal));
            (await credential.GetAsync(path)).Expect(200);
        }
    }

    private static void Check(ApiAnswer answer, int expected)
    {
        if (expected >= 400)
        {
            answer.ExpectProblem(expected);
        }
        else
        {
            answer.Expect(expected);
        }
    }
}
