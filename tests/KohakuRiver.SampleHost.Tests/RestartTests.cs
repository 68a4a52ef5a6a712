using KohakuRiver.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace KohakuRiver.SampleHost.Tests;

public class RestartTests
{
    [Fact]
    public async Task RunningTask_OfAHostThatCrashed_IsLostAfterTheRestart()
    {
        using var folder = new TempFolder();
        long id;
        using (var crashed = new TestCluster(folder.File("k.host.db")))
        {
            id = await crashed.AddAsync(
                TaskStatuses.Running, runner: $"{Environment.MachineName}:{int.MaxValue}:aa", node: crashed.Node.Hostname);
        }

        using var host = new SampleHost(folder.File("k.db"));
        using var master = host.Master();

        var task = await SampleHost.GetAsync(master, $"/api/tasks/{id}");

        Assert.Equal("lost", task.GetProperty("status").GetString());
    }

    [Fact]
    public async Task RunningTask_OfAHostThatStops_IsStoppedAndLost()
    {
        using var folder = new TempFolder();
        string id;
        using (var host = new SampleHost(folder.File("k.db")))
        {
            using var master = host.Master();
            id = await SampleHost.SubmitAsync(master, "sleep", "600");
            await SampleHost.WaitAsync(master, id, "running");
        }

        using var restarted = new SampleHost(folder.File("k.db"));
        using var client = restarted.Master();

        var task = await SampleHost.GetAsync(client, $"/api/tasks/{id}");
        Assert.Equal("lost", task.GetProperty("status").GetString());
        Assert.Contains("The host stopped", task.GetProperty("stderr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task Decision_NotHandedOver_IsShownAndThenTakesEffectOnce()
    {
        using var host = new SampleHost();
        using var master = host.Master();
        var tasks = host.Services.GetRequiredService<TaskStore>();
        var (user, _) = await host.UserAsync("alice", "user");
        var id = await SampleHost.SubmitAsync(user, "echo", "once");
        await SampleHost.ReadAsync(await master.PostAsync($"/api/approve/{id}", null));
        var done = await SampleHost.WaitAsync(user, id, "completed");
        var approval = (await host.Services.GetRequiredService<IApprovalService>().FindAsync([id]))[id];

        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ITaskApprovalHandler>().OnApprovedAsync(approval, default);

        Assert.Equal("completed", (await tasks.FindAsync(long.Parse(id, null), default))!.Status);
        Assert.Equal(
            done.GetProperty("started_at").GetString(),
            (await SampleHost.GetAsync(user, $"/api/tasks/{id}")).GetProperty("started_at").GetString());
        Assert.Equal("pending", TaskBody.StatusOf(await WaitingRowAsync(), approval));

        async Task<TaskRow> WaitingRowAsync()
        {
            var row = (await tasks.FindAsync(long.Parse(id, null), default))!;
            row.Status = TaskStatuses.PendingApproval;
            return row;
        }
    }

    [Fact]
    public async Task Submission_AbandonedBetweenItsTwoWrites_FailsAfterAWhile()
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var cluster = new TestCluster(folder.File("k.host.db"), clock);
        using var host = new SampleHost(folder.File("k.db"));
        var (user, _) = await host.UserAsync("alice", "user");
        var whole = long.Parse(await SampleHost.SubmitAsync(user, "echo", "a"), null);
        var abandoned = await cluster.AddAsync(TaskStatuses.PendingApproval);
        using var settling = new AbandonedSubmissions(
            cluster.Tasks, host.Services.GetRequiredService<IApprovalService>(), clock, NullLogger<AbandonedSubmissions>.Instance);
        Assert.Equal(0, await settling.SettleAsync(default));

        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await settling.SettleAsync(default));
        Assert.Equal(TaskStatuses.Failed, await cluster.StatusAsync(abandoned));
        Assert.Equal(TaskStatuses.PendingApproval, await cluster.StatusAsync(whole));
    }
}
