using System.Net;

namespace KohakuRiver.SampleHost.Tests.SeveralHosts;

/// <summary>Decisions, whoever makes them where.</summary>
[Collection(SharedPair.Name)]
public sealed class DecisionTests(SharedPair shared, PostgresServer server)
{
    [Fact]
    [Trait("Requirement", "D6")]
    public async Task FiftyApproveAndFiftyReject_AtBothHosts_OneIsHeardOnceAndTakesEffectOnce()
    {
        var pair = await shared.GetAsync();
        var (_, user) = await pair.UserAsync("decided", "user");
        for (var round = 0; round < 4; round++)
        {
            var mark = "decided" + round;
            var task = await pair.SubmitAsync(pair.Host(round), user, mark);

            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(
                () => pair.PostAsync(pair.Host(i / 2), $"/api/{(i % 2 == 0 ? "approve" : "reject")}/{task}", null, HostPair.Master))));

            var won = Array.FindIndex(answers, a => a.IsSuccess);
            Assert.Single(answers, a => a.IsSuccess);
            Assert.Equal(99, answers.Count(a => a.Status == HttpStatusCode.Conflict));
            Assert.Equal(1L, await pair.ScalarAsync<long>(
                $"SELECT COUNT(*) FROM kohaku_audit WHERE target_id = '{task}' AND action IN ('task.approve', 'task.reject')"));
            await pair.WaitAsync(pair.Host(round + 1), task, won % 2 == 0 ? "completed" : "rejected");
            await HostPair.UntilAsync(
                () => pair.ScalarAsync<bool>($"SELECT delivered_at IS NOT NULL FROM kohaku_approvals WHERE task_id = '{task}'"),
                () => "It was not delivered.");
            Assert.Equal(won % 2 == 0 ? 1 : 0, pair.Runs(mark));
        }
    }

    [Fact]
    public async Task Decision_WhoseHostDiesBeforeHandingItOver_IsHandedOverByTheOtherOnce()
    {
        await using var pair = await HostPair.StartAsync(server);
        var (_, user) = await pair.UserAsync("orphan", "user");
        var task = await pair.SubmitAsync(pair.A, user, "orphan");
        Task<Answer> approving;
        await using (var holder = await pair.OpenAsync())
        {
            // Whoever hands the decision over waits here.
            await using var transaction = await holder.BeginTransactionAsync(HostPair.Ct);
            await using var hold = holder.CreateCommand();
            hold.CommandText = $"SELECT 1 FROM host_tasks WHERE \"Id\" = {task} FOR UPDATE";
            await hold.ExecuteNonQueryAsync(HostPair.Ct);
            approving = pair.SendAsync(pair.A, HttpMethod.Post, $"/api/approve/{task}", null, HostPair.Master);
            await HostPair.UntilAsync(
                () => pair.ScalarAsync<bool>(
                    $"SELECT COALESCE(bool_or(delivery_held_until > now()), false) FROM kohaku_approvals WHERE task_id = '{task}'"),
                () => "It was not decided.");
            await pair.A.KillAsync();
            Assert.Equal(1L, await pair.ScalarAsync<long>($"SELECT COUNT(*) FROM kohaku_approvals WHERE task_id = '{task}' AND status = "
                + $"1 AND delivered_at IS NULL"));
        }

        // Cut off; or answered already, where the machine is so slow that the hand-over gave up waiting for the row.
        await Record.ExceptionAsync(() => approving);

        // The dead host's lease runs out now instead of in a while.
        await pair.ExecuteAsync(
            $"UPDATE kohaku_approvals SET delivery_held_until = now() WHERE task_id = '{task}' AND delivered_at IS NULL");

        await pair.WaitAsync(pair.B, task, "completed");
        await HostPair.UntilAsync(
            () => pair.ScalarAsync<bool>($"SELECT delivered_at IS NOT NULL FROM kohaku_approvals WHERE task_id = '{task}'"),
            () => "It was not delivered.");
        Assert.Equal(1, pair.Runs("orphan"));
    }

    [Fact]
    public async Task RunningTask_OfAHostThatDied_IsLostAtTheOther()
    {
        await using var pair = await HostPair.StartAsync(server, start: 1);
        var task = (string)(
            await pair.PostAsync(pair.A, "/api/submit", new { command = "sleep", arguments = new[] { "20" } }, HostPair.Master))
            .Json["task_ids"]![0]!;
        await pair.WaitAsync(pair.A, task, "running");
        await pair.A.KillAsync();

        var other = await pair.AddHostAsync();

        await pair.WaitAsync(other, task, "lost");
    }
}
