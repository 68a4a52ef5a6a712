using System.Net;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>Getting in, through either host.</summary>
[Collection(SharedPair.Name)]
public sealed class RegistrationTests(SharedPair shared, PostgresServer server)
{
    [Fact]
    [Trait("Requirement", "D7")]
    public async Task HundredRegistrationsOnTenUses_AtBothHosts_TenGetIn()
    {
        var pair = await shared.GetAsync();
        var invitation = (
            await pair.PostAsync(pair.A, "/api/auth/invitations", new { role = "viewer", max_usage = 10 }, HostPair.Master)).Json;

        var answers = await RegisterAsync(pair, 100, (string)invitation["token"]!, i => "crowd" + i);

        Assert.Equal(10, answers.Count(a => a.IsSuccess));
        Assert.All(answers.Where(a => !a.IsSuccess), a => a.Expect(HttpStatusCode.BadRequest));
        Assert.Equal(10L, await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users WHERE username LIKE 'crowd%'"));
        Assert.Equal(10, await pair.ScalarAsync<int>($"SELECT uses FROM kohaku_invitations WHERE id = {invitation["id"]}"));
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task FiftyEqualNamesInMixedCase_AtBothHosts_OneGetsInAndOneUseIsTaken()
    {
        var pair = await shared.GetAsync();
        var invitation = (
            await pair.PostAsync(pair.B, "/api/auth/invitations", new { role = "viewer", max_usage = 50 }, HostPair.Master)).Json;

        var answers = await RegisterAsync(pair, 50, (string)invitation["token"]!, i => i / 2 % 2 == 0 ? "SameName" : "samenamE");

        Assert.Single(answers, a => a.IsSuccess);
        Assert.All(answers.Where(a => !a.IsSuccess), a => a.Expect(HttpStatusCode.Conflict));
        Assert.Equal(1L, await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users WHERE lower(username) = 'samename'"));
        Assert.Equal(1, await pair.ScalarAsync<int>($"SELECT uses FROM kohaku_invitations WHERE id = {invitation["id"]}"));
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task TwentyBootstraps_AtBothHosts_MakeOneAdmin()
    {
        const string Secret = "the register secret of these tests only";
        await using var pair = await HostPair.StartAsync(
            server, new Dictionary<string, string>(StringComparer.Ordinal) { ["ADMIN_REGISTER_SECRET"] = Secret });

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => pair.PostAsync(
            pair.Host(i), "/api/auth/register", new { username = "boss" + i, password = HostPair.Password, register_secret = Secret }))));

        Assert.Single(answers, a => a.IsSuccess);
        Assert.All(answers.Where(a => !a.IsSuccess), a => a.Expect(HttpStatusCode.Forbidden));
        Assert.Equal(1L, await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_users"));
        Assert.Equal(1L, await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_audit WHERE action = 'auth.first_admin'"));
    }

    [Fact]
    public async Task SetUpLink_OfTheHostThatStartedLast_WorksAtTheOther()
    {
        await using var pair = await HostPair.StartAsync(server, new Dictionary<string, string>(StringComparer.Ordinal), start: 1);
        await pair.AddHostAsync(new Dictionary<string, string>(StringComparer.Ordinal));
        var (earlier, last) = (Code(pair.A.Output), Code(pair.B.Output));

        // Renewed at each start, so that a link in an old log is worth nothing.
        (await RegisterAsync(pair.A, "early", earlier)).Expect(HttpStatusCode.Forbidden);
        Assert.Equal("admin", (string?)(await RegisterAsync(pair.A, "boss", last)).Json["user"]!["role"]);
        (await RegisterAsync(pair.B, "late", last)).Expect(HttpStatusCode.Forbidden);

        Task<Answer> RegisterAsync(Walk.HostProcess host, string username, string code) =>
            pair.PostAsync(host, "/api/auth/register", new { username, password = HostPair.Password, register_secret = code });

        static string Code(string output) => output.Split("/admin/setup?code=")[1].Split(['\r', '\n', ' '])[0];
    }

    private static Task<Answer[]> RegisterAsync(HostPair pair, int count, string code, Func<int, string> name) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => RegisterAsync(pair, pair.Host(i), code, name(i)))));

    // On a slow machine the places for hashing run out; who is told to come back in a second does.
    private static async Task<Answer> RegisterAsync(HostPair pair, Walk.HostProcess host, string code, string username)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await pair.PostAsync(
                host, "/api/auth/register", new { username, password = HostPair.Password, invitation_code = code });
            if (answer.Status != HttpStatusCode.ServiceUnavailable || tries == 100)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
