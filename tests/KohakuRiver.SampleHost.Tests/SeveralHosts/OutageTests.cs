using System.Diagnostics;
using System.Net;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>The database goes away, whole or one connection at a time.</summary>
[Collection(SharedPair.Name)]
public sealed class OutageTests(PostgresServer server)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    [Trait("Requirement", "D2")]
    public async Task ServerStopped_IsA503InTimeAndNeverAnAcceptAndIsOverWithoutRestart()
    {
        await using var another = await PostgresServer.StartAnotherAsync();
        await using var pair = await HostPair.StartAsync(another, isPatient: false, hasOutages: true);
        var (_, session) = await pair.UserAsync("there", "operator");
        var token = Credential.Bearer(
            (string)(await pair.PostAsync(pair.A, "/api/auth/tokens/create", new { name = "t" }, session)).Json["token"]!);
        var revoked = (await pair.PostAsync(pair.A, "/api/auth/tokens/create", new { name = "r" }, session)).Json;
        (await pair.AskAsync(pair.A, HttpMethod.Delete, $"/api/auth/tokens/{revoked["id"]}", null, session)).Expect(HttpStatusCode.OK);
        var waiting = await pair.SubmitAsync(pair.A, (await pair.UserAsync("waiter", "user")).Session, "waiting");

        another.Stop();
        foreach (var host in new[] { pair.A, pair.B })
        {
            await AssertOutageAsync(HttpMethod.Get, "/api/auth/me", null, session);
            await AssertOutageAsync(HttpMethod.Get, "/api/auth/me", null, token);
            await AssertOutageAsync(HttpMethod.Get, "/api/tasks", null, token);
            await AssertOutageAsync(HttpMethod.Get, "/api/nodes", null, session);
            await AssertOutageAsync(HttpMethod.Get, "/api/auth/users", null, HostPair.Master);
            await AssertOutageAsync(HttpMethod.Get, "/api/tasks", null, Credential.Bearer((string)revoked["token"]!));
            await AssertOutageAsync(HttpMethod.Get, "/api/tasks/pending-approval/events", null, session);
            await AssertOutageAsync(HttpMethod.Post, "/api/auth/login", new { username = "there", password = HostPair.Password }, null);
            await AssertOutageAsync(HttpMethod.Post, "/api/auth/login", new { username = "there", password = "wrong" }, null);
            await AssertOutageAsync(HttpMethod.Post, "/api/submit", pair.Submission("during"), token);
            await AssertOutageAsync(HttpMethod.Post, $"/api/approve/{waiting}", null, session);
            await AssertOutageAsync(HttpMethod.Patch, "/api/auth/settings", new { session_lifetime_hours = 1 }, HostPair.Master);

            async Task AssertOutageAsync(HttpMethod method, string path, object? body, Credential? credential)
            {
                // A machine with other things to do may take its time once; never an accept, however long it takes.
                var elapsed = TimeSpan.MaxValue;
                for (var attempt = 0; attempt < 3 && elapsed > Bound; attempt++)
                {
                    var started = Stopwatch.GetTimestamp();
                    Check(await pair.SendAsync(host, method, path, body, credential));
                    elapsed = Stopwatch.GetElapsedTime(started);
                }

                Assert.InRange(elapsed, TimeSpan.Zero, Bound);

                void Check(Answer answer)
                {
                    Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{method} {path}: {(int)answer.Status} {answer.Text}");
                    Assert.Equal("application/problem+json", answer.ContentType);
                    Assert.Null(answer.Cookie);
                }
            }
        }

        another.Start();
        foreach (var host in new[] { pair.A, pair.B })
        {
            Assert.Equal("there", (string?)(await pair.GetAsync(host, "/api/auth/me", session)).Json["username"]);
            (await pair.GetAsync(host, "/api/tasks", Credential.Bearer((string)revoked["token"]!))).Expect(HttpStatusCode.Unauthorized);
            await pair.LogInAsync(host, "there");
        }

        // The workers and the schedulers have survived too, and nothing of what was refused happened.
        Assert.Equal("pending_approval", (string?)(await pair.GetAsync(pair.A, $"/api/tasks/{waiting}", session)).Json["status"]);
        (await pair.PostAsync(pair.B, $"/api/approve/{waiting}", null, session)).Expect(HttpStatusCode.OK);
        await pair.WaitAsync(pair.A, waiting, "completed");
        Assert.Equal(0, pair.Runs("during"));
        Assert.Equal(1, pair.Runs("waiting"));
    }

    [Fact]
    [Trait("Requirement", "D2")]
    public async Task ConnectionsCutAllTheTime_NothingIsHalfDoneOrDoneTwice()
    {
        const int Workers = 4;
        const int Each = 15;

        // Not the pair of the others, whose pooled connections must not be found cut by a test that allows no outage.
        await using var pair = await HostPair.StartAsync(server, hasOutages: true);
        var (_, user) = await pair.UserAsync("cut", "user");
        using var over = new CancellationTokenSource();
        var cutting = Task.Run(() => CutAsync(pair, over.Token), HostPair.Ct);

        var done = (await Task.WhenAll(Enumerable.Range(0, Workers).Select(w => Task.Run(() => WorkAsync(pair, user, w, Each)))))
            .SelectMany(d => d)
            .ToList();
        await over.CancelAsync();
        Assert.True(await cutting > 0);

        // Everything that was promised happened once; of what was not promised, whatever is there is whole.
        Assert.Equal(Workers * Each, done.Count);
        foreach (var (mark, task, approved) in done)
        {
            Assert.Equal(1L, await pair.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_approvals WHERE task_id = '{task}'"));
            Assert.Equal(
                1L,
                await pair.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_audit WHERE action = 'task.submit' AND target_id = '{task}'"));
            Assert.Equal(1L, await pair.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_audit WHERE action IN ('task.approve', "
                + $"'task.reject') AND target_id = '{task}'"));
            await pair.WaitAsync(pair.A, task, approved ? "completed" : "rejected");
            Assert.Equal(approved ? 1 : 0, pair.Runs(mark));
        }

        Assert.Equal(
            await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_approvals WHERE submitter = 'cut'"),
            await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_audit WHERE action = 'task.submit' AND actor = 'cut'"));
        Assert.Equal(0L, await pair.ScalarAsync<long>("SELECT COUNT(*) FROM kohaku_approvals a LEFT JOIN host_tasks t ON t.\"Id\"::text "
            + "= a.task_id WHERE t.\"Id\" IS NULL"));
    }

    /// <summary>Submits and decides, each until it is answered by something else than 503; any other fault fails.</summary>
    private static async Task<List<(string Mark, string Task, bool Approved)>> WorkAsync(
        HostPair pair, Credential user, int worker, int count)
    {
        var done = new List<(string Mark, string Task, bool Approved)>();
        for (var i = 0; i < count; i++)
        {
            var mark = $"cut{worker}x{i}x";
            var task = await pair.SubmitAsync(pair.Host(i), user, mark);
            var approved = i % 3 != 0;

            // After a 503 nobody knows whether the decision stands; the same host or the other says so the next time.
            var answer = await pair.PostAsync(
                pair.Host(i + worker), $"/api/{(approved ? "approve" : "reject")}/{task}", null, HostPair.Master);
            Assert.True(answer.IsSuccess || answer.Status == HttpStatusCode.Conflict, $"{(int)answer.Status} {answer.Text}");
            done.Add((mark, task, approved));
        }

        return done;
    }

    private static async Task<long> CutAsync(HostPair pair, CancellationToken over)
    {
        await using var connection = await pair.OpenAsync();
        await using var kill = connection.CreateCommand();
        kill.CommandText =
            "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE "
                + "'KohakuRiver.%'";
        var killed = 0L;
        while (!over.IsCancellationRequested)
        {
            killed += (long)(await kill.ExecuteScalarAsync(HostPair.Ct))!;
            await HostPair.PauseAsync();
        }

        return killed;
    }
}
