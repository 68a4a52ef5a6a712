using System.Text.Json.Nodes;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.Faults;

/// <summary>
/// One database whose host is killed under load, started again, killed again; what was acknowledged is looked for each time.
/// </summary>
/// <param name="first">The number of the first kill; every other one is this one's.</param>
internal sealed class KilledHost(int first) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kohaku-kill-").FullName;

    internal WriteRecord Record { get; } = new();

    private DataFile Auth => new(Path.Combine(folder, "walk.db"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    internal async Task KillAgainAndAgainAsync(int kills)
    {
        var load = await PrepareAsync();
        for (var kill = first; kill < kills; kill += 2)
        {
            await using var host = await HostProcess.StartAsync(folder, Settings());
            await load.KillAfterAsync(host, 5 + (kill * 7 % 23));

            // Half of the times the one who looks rolls back what the host was killed in, otherwise the host at its next start.
            if (kill % 4 < 2)
            {
                AssertNothingIsLostOrHalf();
            }
        }

        await using var last = await HostProcess.StartAsync(folder, Settings());
        AssertNothingIsLostOrHalf();
        await AssertDecisionsArriveAsync(last);
        Assert.Equal(0, await last.StopAsync());
    }

    private async Task<WriteLoad> PrepareAsync()
    {
        await using var host = await HostProcess.StartAsync(folder, Settings());
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        await SendAsync(WriteLoad.Request(HttpMethod.Post, "/api/auth/users", new
        {
            username = "owner",
            password = WriteLoad.Password,
            role = "user",
        }));
        var (_, cookie) = await SendAsync(
            WriteLoad.Request(HttpMethod.Post, "/api/auth/login", new { username = "owner", password = WriteLoad.Password }));
        var (made, _) = await SendAsync(WriteLoad.Request(HttpMethod.Post, "/api/auth/invitations", new { max_usage = 10_000 }));
        await host.KillAsync();
        return new WriteLoad(Record, cookie!, (string)made["token"]!);

        async Task<(JsonNode Body, string? Cookie)> SendAsync(HttpRequestMessage message)
        {
            using var sent = message;
            using var answer = await client.SendAsync(sent);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, text);
            return (JsonNode.Parse(text)!, answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.First().Split(';')[0] : null);
        }
    }

    private void AssertNothingIsLostOrHalf()
    {
        Auth.AssertSound();
        new DataFile(Path.Combine(folder, "walk.host.db")).AssertSound();

        AssertWholeOrAbsent("user", "SELECT username FROM kohaku_users WHERE username LIKE 'reg-%'");
        AssertWholeOrAbsent("token", "SELECT target FROM kohaku_audit WHERE action = 'token.create'");
        AssertWholeOrAbsent("revocation", "SELECT target FROM kohaku_audit WHERE action = 'token.revoke'");
        AssertWholeOrAbsent("submission", "SELECT trim(arguments, '[\"]') FROM kohaku_approvals");
        AssertWholeOrAbsent("approval", "SELECT task_id FROM kohaku_approvals WHERE status <> 0");
        AssertWholeOrAbsent("group", "SELECT name FROM kohaku_groups");

        // A registration is an account, a use, a session and an entry: all or none.
        var users = Auth.Count("SELECT COUNT(*) FROM kohaku_users WHERE username LIKE 'reg-%'");
        Assert.Equal(users, Auth.Count("SELECT uses FROM kohaku_invitations"));
        Assert.Equal(users, Auth.Count("SELECT COUNT(DISTINCT user_id) FROM kohaku_sessions s JOIN kohaku_users u ON u.id = s.user_id "
            + "WHERE u.username LIKE 'reg-%'"));
        Assert.Equal(users, Auth.Count("SELECT COUNT(*) FROM kohaku_audit WHERE action = 'auth.register' AND outcome = 0"));
        Assert.Equal(users + 1, Auth.Count("SELECT SUM(users) FROM kohaku_user_counts"));

        // A token is there if and only if it was made and not revoked, by the entries of the log.
        Assert.Equal(
            Auth.List("SELECT target FROM kohaku_audit WHERE action = 'token.create' EXCEPT SELECT target FROM kohaku_audit WHERE "
                + "action = 'token.revoke' ORDER BY 1"),
            Auth.List("SELECT name FROM kohaku_tokens ORDER BY 1"));
        Assert.Empty(Auth.List("SELECT target FROM kohaku_audit WHERE action IN ('token.create', 'token.revoke') GROUP BY action, "
            + "target HAVING COUNT(*) > 1"));
        Assert.Equal(
            Auth.Count("SELECT COUNT(*) FROM kohaku_approvals WHERE status <> 0"),
            Auth.Count("SELECT COUNT(*) FROM kohaku_audit WHERE action = 'task.approve'"));
    }

    /// <summary>What was acknowledged is there, and nothing is there that was never sent.</summary>
    private void AssertWholeOrAbsent(string kind, string sql)
    {
        var there = Auth.Set(sql);
        Assert.Empty(Record.AcknowledgedOf(kind).Where(w => !there.Contains(w)).Select(w => $"{kind} {w} was acknowledged and is lost"));
        Assert.Empty(there.Except(Record.SentOf(kind), StringComparer.Ordinal).Select(w => $"{kind} {w} was never sent"));
    }

    /// <summary>Every decision reaches the scheduler, whatever died between it and the hand-over; no task stays waiting.</summary>
    private async Task AssertDecisionsArriveAsync(HostProcess host)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Auth.Count("SELECT COUNT(*) FROM kohaku_approvals WHERE status <> 0 AND delivered_at IS NULL") is var late and > 0)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(3),
                $"{late} decisions are not delivered:\n{host.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        var decided = Auth.Set("SELECT task_id FROM kohaku_approvals WHERE status <> 0");
        var waiting = new DataFile(Path.Combine(folder, "walk.host.db")).Set(
            "SELECT CAST(Id AS TEXT) FROM tasks WHERE Status = 'pending_approval'");
        Assert.Empty(decided.Intersect(waiting, StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ADMIN_SECRET"] = WriteLoad.Master,
        ["KohakuAuth__Passwords__WorkFactor"] = "10",
        ["KohakuAuth__Limits__TokensPerUser"] = "100000",
        ["DOTNET_TieredPGO"] = "0",
    };
}
