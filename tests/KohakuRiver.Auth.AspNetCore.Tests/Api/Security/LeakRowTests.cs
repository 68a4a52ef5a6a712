using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Security;

/// <summary>Where secrets must not turn up again.</summary>
public sealed class LeakRowTests
{
    private const string Typed = "a password typed into the wrong field";

    [Fact]
    [Trait("Requirement", "R7"), Trait("Requirement", "V6.5.2")]
    public async Task DatabaseFiles_AfterEveryKindOfSecret_HoldNoneThatWorks()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Store = StoreKind.Sqlite, RealHashing = true });
        var secrets = await MakeSecretsAsync(host);

        var files = host.ReadFiles();
        Assert.Contains("$bcrypt-sha256$", files, StringComparison.Ordinal);
        Assert.Contains("mary", files, StringComparison.Ordinal);
        Assert.All(secrets, s => Assert.DoesNotContain(s, files, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Trait("Requirement", "V14.2.6"), Trait("Requirement", "V15.3.1"), Trait("Requirement", "R7"), Trait("Requirement", "V8.2.3")]
    public async Task EveryAnswer_ToAnAdmin_HoldsNoSecretAndNoHash()
    {
        await using var host = await TestHost.StartApiAsync();
        var secrets = await MakeSecretsAsync(host);
        var admin = await host.AddAsync(Role.Admin);
        foreach (var row in EndpointTable.Rows.Where(r => r.IsSafe && !r.Pattern.EndsWith("/events", StringComparison.Ordinal)))
        {
            foreach (var path in new[] { row.Path, row.Path.Replace("999999", "1", StringComparison.Ordinal) })
            {
                var answer = await admin.Session.GetAsync(path);
                Assert.All(
                    secrets.Append(admin.Cookie[8..]).Append(admin.Token[8..]),
                    s => Assert.DoesNotContain(s, answer.Text, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotMatch(
                    "plain:|password_hash|token_hash|\"hash\"",
                    row.Pattern.EndsWith("openapi.json", StringComparison.Ordinal) ? "" : answer.Text);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "R7"), Trait("Requirement", "V16.2.5")]
    public async Task Logs_OfTheWholeHost_AtTheFinestLevel_HoldNoSecret()
    {
        var log = new FakeLogCollector();
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Store = StoreKind.Sqlite,
            RealHashing = true,
            Auth = b => b.Services.AddLogging(l => l.AddProvider(new FakeLoggerProvider(log)).SetMinimumLevel(LogLevel.Trace)),
        });

        // Secrets in bodies, cookies and headers; the framework's and the server's own messages count as well.
        var secrets = await MakeSecretsAsync(host);

        var lines = log.Texts();
        Assert.Contains(lines, l => l.Contains("KohakuRiver.Auth", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("Microsoft.AspNetCore.Hosting.Diagnostics", StringComparison.Ordinal));
        Assert.All(secrets, s => Assert.DoesNotContain(lines, l => l.Contains(s, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    [Trait("Requirement", "V14.2.4"), Trait("Requirement", "V14.2.6")]
    public async Task SecretDetails_OfATask_AreInNoFileAndNoLogLine()
    {
        const string Value = "correct-horse-battery";
        var log = new FakeLogCollector();
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Store = StoreKind.Sqlite,
            Auth = b => b.Services.AddLogging(l => l.AddProvider(new FakeLoggerProvider(log)).SetMinimumLevel(LogLevel.Trace)),
        });
        var (mary, boss) = (await host.AddAsync(Role.User, "mary"), await host.AddAsync(Role.Operator, "boss"));
        foreach (var id in new[] { "t-1", "t-2" })
        {
            await host.SubmitAsync(mary, new TaskSubmission
            {
                TaskId = id,
                Command = "echo",
                Arguments = ["hello-there"],
                Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["env MODE"] = "test-mode", ["env TOKEN"] = Value },
                SecretDetails = ["env TOKEN"],
            });
        }

        (await boss.Session.PostAsync("/api/approve/t-1")).Expect(200);
        (await boss.Session.PostAsync("/api/reject/t-2")).Expect(200);

        var files = host.ReadFiles();
        Assert.All(["hello-there", "test-mode", "env TOKEN"], kept => Assert.Contains(kept, files, StringComparison.Ordinal));
        Assert.DoesNotContain(Value, files, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Texts(), l => l.Contains(Value, StringComparison.Ordinal));
    }

    /// <summary>Makes one of every kind of secret and uses it; gives them without the prefix that may be shown.</summary>
    private static async Task<List<string>> MakeSecretsAsync(TestHost host)
    {
        var body = new { username = "mary", password = TestHost.Password };
        var invitation = (await host.Master.PostAsync("/api/auth/invitations", new { role = "user", max_usage = 2 })).Expect(200)["token"]
            .GetString()!;
        var session = (
            await host.Anonymous.PostAsync("/api/auth/register", new { body.username, body.password, invitation_code = invitation }))
            .Expect(200)
            .SetCookie()!;
        var mary = host.Anonymous with { Cookie = session };
        var token = (await mary.PostAsync("/api/auth/tokens", new { name = "ci" })).Expect(200)["token"].GetString()!;
        var id = (await mary.GetAsync("/api/auth/me")).Id;
        var reset = (await host.Master.PostAsync($"/api/auth/users/{id}/reset-link")).Expect(200)["code"].GetString()!;
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = "mary", password = Typed })).Expect(401);
        (await host.Anonymous.PostAsync("/api/auth/login", new { username = Typed, password = TestHost.Password })).Expect(401);
        (await host.Anonymous.PostAsync("/api/auth/register", new { username = "jane", body.password, register_secret = Typed }))
            .Expect(403);
        (await (host.Anonymous with { Master = Typed }).GetAsync("/api/auth/users")).Expect(401);
        (await (host.Anonymous with { Bearer = token }).GetAsync("/api/auth/users?search=x")).Expect(403);
        return
        [
            TestHost.Password, Typed, TestHost.MasterSecret, TestHost.RegisterSecret,
            .. new[] { invitation, session, token, reset }.Select(s => s[8..]),
        ];
    }
}
