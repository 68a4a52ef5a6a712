using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>What is done at one host is in force at the other.</summary>
[Collection(SharedPair.Name)]
public sealed class OneStateTests(SharedPair shared)
{
    private const int Rounds = 200;

    [Fact]
    public async Task ChangesOfWhoMayDoWhat_AtOneHost_AreInForceOnTheNextRequestToTheOther()
    {
        var pair = await shared.GetAsync();
        var (id, session) = await pair.UserAsync("rounds", "user");
        var (disabled, its) = await pair.UserAsync("disabled", "user");
        var bearer = Credential.Bearer(
            (string)(await pair.PostAsync(pair.A, "/api/auth/tokens/create", new { name = "kept" }, its)).Json["token"]!);
        for (var round = 0; round < Rounds; round++)
        {
            var (here, there) = (pair.Host(round / 4), pair.Host((round / 4) + 1));
            var change = (round % 4) switch
            {
                0 => LogOutAsync(pair, here, there),
                1 => RevokeAsync(pair, here, there, session),
                2 => ChangeRoleAsync(pair, here, there, id, session, round % 8 < 4 ? "viewer" : "operator"),
                _ => DisableAsync(pair, here, there, disabled, bearer),
            };
            await change;
        }
    }

    [Fact]
    public async Task Task_SubmittedAtOneHost_IsSeenDecidedAndStoppedFromTheOther()
    {
        var pair = await shared.GetAsync();
        var (_, user) = await pair.UserAsync("submitter", "user");
        var echo = await SubmitAsync(pair.A, "echo", "hello");
        Assert.Equal("pending_approval", (string?)(await pair.GetAsync(pair.B, $"/api/tasks/{echo}", user)).Json["status"]);

        (await pair.PostAsync(pair.B, $"/api/approve/{echo}", null, HostPair.Master)).Expect(HttpStatusCode.OK);

        await pair.WaitAsync(pair.A, echo, "completed");
        foreach (var host in new[] { pair.A, pair.B })
        {
            Assert.Equal("hello\n", (string?)(await pair.GetAsync(host, $"/api/tasks/{echo}", user)).Json["stdout"]);
        }

        // Whichever runs it, both can stop it.
        for (var i = 0; i < 2; i++)
        {
            var sleep = await SubmitAsync(pair.A, "sleep", "600");
            (await pair.PostAsync(pair.A, $"/api/approve/{sleep}", null, HostPair.Master)).Expect(HttpStatusCode.OK);
            await pair.WaitAsync(pair.B, sleep, "running");
            (await pair.PostAsync(pair.Host(i), $"/api/kill/{sleep}", null, user)).Expect(HttpStatusCode.OK);
            await pair.WaitAsync(pair.A, sleep, "killed");
        }

        async Task<string> SubmitAsync(HostProcess host, string command, string argument) =>
            (string)(
                await pair.PostAsync(host, "/api/submit", new { command, arguments = new[] { argument } }, user)).Json["task_ids"]![0]!;
    }

    [Fact]
    public async Task ApprovedTasks_ManyAtOnce_AreEachRunByOneHost()
    {
        const int Count = 40;
        var pair = await shared.GetAsync();
        var (_, user) = await pair.UserAsync("many", "user");
        var tasks = new List<string>();
        for (var i = 0; i < Count; i++)
        {
            tasks.Add(await pair.SubmitAsync(pair.Host(i), user, "many" + i));
        }

        await Task.WhenAll(tasks.Select((task, i) => pair.PostAsync(pair.Host(i / 2), $"/api/approve/{task}", null, HostPair.Master)));

        foreach (var task in tasks)
        {
            await pair.WaitAsync(pair.A, task, "completed");
        }

        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(1, pair.Runs("many" + i)));
    }

    [Fact]
    public async Task PendingCount_ChangedAtEitherHost_ReachesTheWatchersOfBoth()
    {
        var pair = await shared.GetAsync();
        var (_, user) = await pair.UserAsync("counted", "user");
        var (_, watcher) = await pair.UserAsync("watcher", "operator");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        await using var atA = await WatchAsync(http, pair.A, watcher);
        await using var atB = await WatchAsync(http, pair.B, watcher);
        var before = await NextAsync(atA);
        Assert.Equal(before, await NextAsync(atB));

        for (var i = 0; i < 4; i++)
        {
            var task = await pair.SubmitAsync(pair.Host(i), user, "counted" + i);
            Assert.Equal((before + 1, before + 1), (await NextAsync(atA), await NextAsync(atB)));
            (await pair.PostAsync(pair.Host(i / 2), $"/api/reject/{task}", null, HostPair.Master)).Expect(HttpStatusCode.OK);
            Assert.Equal((before, before), (await NextAsync(atA), await NextAsync(atB)));
        }
    }

    [Fact]
    public async Task Settings_ChangedAtOneHost_AreInForceAtTheOtherWithinASecond()
    {
        var pair = await shared.GetAsync();
        for (var round = 0; round < 4; round++)
        {
            // Fresh in the cache of the other host, which is the worst moment for a change.
            var (here, there, hours) = (pair.Host(round), pair.Host(round + 1), 100 + round);
            await pair.GetAsync(there, "/api/auth/status");
            (await pair.AskAsync(here, HttpMethod.Patch, "/api/auth/settings", new { session_lifetime_hours = hours }, HostPair.Master))
                .Expect(HttpStatusCode.OK);
            Assert.Equal(hours, (int?)(await pair.GetAsync(here, "/api/auth/status")).Json["session_expire_hours"]);

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, HostPair.Ct);

            Assert.Equal(hours, (int?)(await pair.GetAsync(there, "/api/auth/status")).Json["session_expire_hours"]);
        }
    }

    private static async Task LogOutAsync(HostPair pair, HostProcess here, HostProcess there)
    {
        var session = await pair.LogInAsync(here, "rounds");
        (await pair.GetAsync(there, "/api/auth/me", session)).Expect(HttpStatusCode.OK);
        (await pair.PostAsync(here, "/api/auth/logout", null, session)).Expect(HttpStatusCode.OK);
        (await pair.GetAsync(there, "/api/auth/me", session)).Expect(HttpStatusCode.Unauthorized);
    }

    private static async Task RevokeAsync(HostPair pair, HostProcess here, HostProcess there, Credential session)
    {
        var token = (await pair.PostAsync(here, "/api/auth/tokens/create", new { name = "round" }, session)).Json;
        var bearer = Credential.Bearer((string)token["token"]!);
        (await pair.GetAsync(there, "/api/tasks", bearer)).Expect(HttpStatusCode.OK);
        (await pair.AskAsync(here, HttpMethod.Delete, $"/api/auth/tokens/{token["id"]}", null, session)).Expect(HttpStatusCode.OK);
        (await pair.GetAsync(there, "/api/tasks", bearer)).Expect(HttpStatusCode.Unauthorized);
    }

    private static async Task ChangeRoleAsync(HostPair pair, HostProcess here, HostProcess there, long id, Credential session, string role)
    {
        (await pair.AskAsync(here, HttpMethod.Put, $"/api/auth/users/{id}/role", new { role }, HostPair.Master)).Expect(HttpStatusCode.OK);
        var allowed = role == "operator";
        (await pair.GetAsync(there, "/api/auth/users", session)).Expect(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        (await pair.GetAsync(here, "/api/auth/users", session)).Expect(allowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
    }

    // Disabling ends sessions for good; a token works again with its owner.
    private static async Task DisableAsync(HostPair pair, HostProcess here, HostProcess there, long id, Credential bearer)
    {
        (await pair.GetAsync(there, "/api/tasks", bearer)).Expect(HttpStatusCode.OK);
        await SetActiveAsync(false);
        (await pair.GetAsync(there, "/api/tasks", bearer)).Expect(HttpStatusCode.Unauthorized);
        await SetActiveAsync(true);
        (await pair.GetAsync(there, "/api/tasks", bearer)).Expect(HttpStatusCode.OK);

        async Task SetActiveAsync(bool value) =>
            (await pair.AskAsync(here, HttpMethod.Patch, $"/api/auth/users/{id}", new { is_active = value }, HostPair.Master))
                .Expect(HttpStatusCode.OK);
    }

    private static async Task<IAsyncEnumerator<SseItem<string>>> WatchAsync(HttpClient http, HostProcess host, Credential watcher)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "/api/tasks/pending-approval/events"));
        request.Headers.TryAddWithoutValidation(watcher.Header, watcher.Value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, HostPair.Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return SseParser.Create(await response.Content.ReadAsStreamAsync(HostPair.Ct))
            .EnumerateAsync(HostPair.Ct)
            .GetAsyncEnumerator(HostPair.Ct);
    }

    private static async Task<int> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        do
        {
            Assert.True(
                await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, HostPair.Ct),
                "The stream ended.");
        }
        while (events.Current.EventType != "count");

        return int.Parse(events.Current.Data, CultureInfo.InvariantCulture);
    }
}
