using System.Net;
using KohakuRiver.SampleHost.Tests.Walk;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>Hosts that stop, and many who write at once.</summary>
[Collection(SharedPair.Name)]
public sealed class StoppingTests(SharedPair shared, PostgresServer server)
{
    [Fact]
    [Trait("Requirement", "D10")]
    public async Task Sigterm_LetsRequestsInFlightFinish()
    {
        await using var pair = await HostPair.StartAsync(server, start: 1);
        var (id, session) = await pair.UserAsync("flying", "viewer");
        var vps = (string)(await pair.PostAsync(pair.A, "/api/vps", new { name = "box" }, HostPair.Master)).Json["vps_id"]!;
        Task<Answer> write;
        Task<Answer> exec;
        Task<int> stop;
        await using (var holder = await pair.OpenAsync())
        {
            await using var transaction = await holder.BeginTransactionAsync(HostPair.Ct);
            await using var hold = holder.CreateCommand();
            hold.CommandText = $"SELECT 1 FROM kohaku_users WHERE id = {id} FOR UPDATE";
            await hold.ExecuteNonQueryAsync(HostPair.Ct);

            // One waits for a process, one for a row; both are on their way for certain when the signal comes.
            exec = pair.SendAsync(
                pair.A, HttpMethod.Post, $"/api/vps/{vps}/exec", new { command = "sleep", arguments = new[] { "2" } }, HostPair.Master);
            write = pair.SendAsync(pair.A, HttpMethod.Patch, "/api/auth/me", new { display_name = "Landed" }, session);
            await HostPair.UntilAsync(
                () => pair.ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"),
                () => "The write does not wait.");
            stop = pair.A.StopAsync();
            await HostPair.UntilAsync(
                () => Task.FromResult(pair.A.Output.Contains("shutting down", StringComparison.Ordinal)), () => "It does not stop.");
        }

        // On a machine so slow that the statement ran out of its three seconds, the answer is 503; it is an answer all the same.
        var written = await write;
        Assert.True(written.IsSuccess || written.Status == HttpStatusCode.ServiceUnavailable, $"{(int)written.Status} {written.Text}");
        Assert.Equal(0, (int?)(await exec).Json["exit_code"]);
        Assert.Equal(0, await stop);
        Assert.Equal(
            written.IsSuccess ? "Landed" : "flying",
            await pair.ScalarAsync<string>($"SELECT display_name FROM kohaku_users WHERE id = {id}"));
    }

    [Fact]
    [Trait("Requirement", "D10")]
    public async Task ManyWritersAtBothHosts_MeetNeitherDeadlocksNorFaults()
    {
        const int Writers = 200;
        var whole = Environment.GetEnvironmentVariable("KOHAKU_FULL") == "1";
        var duration = TimeSpan.FromSeconds(whole ? 60 : 5);
        var pair = await shared.GetAsync();
        var people = new List<(long Id, Credential Session)>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await pair.UserAsync("writer" + i, "user"));
        }

        var group = (long)(await pair.PostAsync(pair.A, "/api/auth/groups", new { name = "writers" }, HostPair.Master)).Json["id"]!;
        var vps = (string)(await pair.PostAsync(pair.A, "/api/vps", new { name = "written" }, HostPair.Master)).Json["vps_id"]!;
        var deadlocks = await DeadlocksAsync();
        var started = TimeProvider.System.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var given = new List<Answer>();
            for (var i = w; TimeProvider.System.GetElapsedTime(started) < duration; i++)
            {
                var (id, session) = people[i % people.Count];
                given.Add(await WriteAsync(pair, pair.Host(i / 2), i, id, session, group, vps));
            }

            return given;
        })));

        var all = answers.SelectMany(a => a).ToList();
        Assert.All(
            all, a => Assert.True((int)a.Status < 500 || a.Status == HttpStatusCode.ServiceUnavailable, $"{(int)a.Status} {a.Text}"));
        Assert.Contains(all, a => a.IsSuccess);
        Assert.Equal(deadlocks, await DeadlocksAsync());

        Task<long> DeadlocksAsync() => pair.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    /// <summary>One of several kinds of write, which meet in the same few rows; the answer may be a conflict.</summary>
    private static Task<Answer> WriteAsync(HostPair pair, HostProcess host, int i, long id, Credential session, long group, string vps) =>
        (i % 9) switch
    {
        0 => pair.SendAsync(host, HttpMethod.Post, "/api/auth/tokens/create", new { name = "w" + i }, session),
        1 => pair.SendAsync(host, HttpMethod.Patch, "/api/auth/me", new { display_name = "Writer " + i }, session),
        2 => pair.SendAsync(host, HttpMethod.Post, "/api/submit", pair.Submission("never"), session),
        3 => pair.SendAsync(host, HttpMethod.Put, $"/api/auth/groups/{group}/members/{id}", null, HostPair.Master),
        4 => pair.SendAsync(host, HttpMethod.Delete, $"/api/auth/groups/{group}/members/{id}", null, HostPair.Master),
        5 => pair.SendAsync(
            host, HttpMethod.Put, $"/api/auth/users/{id}/role", new { role = i % 2 == 0 ? "user" : "viewer" }, HostPair.Master),
        6 => pair.SendAsync(
            host, HttpMethod.Post, $"/api/vps/{vps}/assign", new { user_ids = new[] { id }, group_ids = new[] { group } }, HostPair.Master),
        7 => pair.SendAsync(host, HttpMethod.Delete, $"/api/vps/{vps}/assign/{id}", null, HostPair.Master),
        _ => pair.SendAsync(
            host, HttpMethod.Patch, $"/api/auth/users/{id}", new { group_ids = i % 2 == 0 ? new[] { group } : [] }, HostPair.Master),
    };
}
