using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace KohakuRiver.SampleHost.Tests;

public sealed class SubmitTests : IDisposable
{
    private readonly SampleHost host = new();

    [Fact]
    public async Task TaskOfAUser_Approved_RunsAndShowsItsOutput()
    {
        var (user, userId) = await host.UserAsync("alice", "user");
        var (approver, _) = await host.UserAsync("olga", "operator");
        var id = await SampleHost.SubmitAsync(user, "echo", "two words", "$(id)");
        var waiting = await SampleHost.GetAsync(user, $"/api/status/{id}");
        Assert.Equal("pending_approval", waiting.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("started_at").ValueKind);
        var queue = await SampleHost.GetAsync(approver, "/api/tasks/pending-approval");
        Assert.Equal(id, queue[0].GetProperty("task_id").GetString());

        await SampleHost.ReadAsync(await approver.PostAsync($"/api/approve/{id}", null));

        var shown = (await SampleHost.GetAsync(user, $"/api/tasks/{id}")).GetProperty("status").GetString();
        Assert.Contains(shown, new[] { "pending", "running", "completed" });
        var done = await SampleHost.WaitAsync(user, id, "completed");
        Assert.Equal("two words $(id)\n", done.GetProperty("stdout").GetString());
        Assert.Equal(0, done.GetProperty("exit_code").GetInt32());
        Assert.Equal("olga", done.GetProperty("approved_by").GetString());
        Assert.Equal("approved", done.GetProperty("approval_status").GetString());
        Assert.Equal(userId, done.GetProperty("owner_id").GetInt64());
        Assert.EndsWith("Z", done.GetProperty("completed_at").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variable_NamedLikeACredential_ReachesTheTaskAndNoApprover()
    {
        var (user, _) = await host.UserAsync("alice", "user");
        var (approver, _) = await host.UserAsync("olga", "operator");
        var submitted = await SampleHost.ReadAsync(await user.PostAsJsonAsync("/api/submit", new
        {
            command = "echo",
            env_vars = new Dictionary<string, string> { ["API_TOKEN"] = "hunter2", ["MODE"] = "fast" },
            ip_reservation_token = "reserved",
        }));
        var id = submitted.GetProperty("task_ids")[0].GetString()!;

        var waiting = (await SampleHost.GetAsync(approver, "/api/tasks/pending-approval"))[0];

        Assert.Equal(
            """{"env API_TOKEN":null,"env MODE":"fast","ip_reservation_token":null}""", waiting.GetProperty("details").GetRawText());
        var own = await SampleHost.GetAsync(user, $"/api/tasks/{id}");
        Assert.Equal("hunter2", own.GetProperty("env_vars").GetProperty("API_TOKEN").GetString());
    }

    [Fact]
    public async Task TaskOfAnOperator_RunsAtOnce()
    {
        var (operatorClient, _) = await host.UserAsync("olga", "operator");

        var response = await operatorClient.PostAsJsonAsync("/api/submit", new { command = "sleep", arguments = new[] { "nonsense" } });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var body = await SampleHost.ReadAsync(response);
        Assert.Equal("pending", body.GetProperty("status").GetString());
        var failed = await SampleHost.WaitAsync(operatorClient, body.GetProperty("task_ids")[0].GetString()!, "failed");
        Assert.Equal(1, failed.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task Task_RejectedOrWithdrawn_NeverRuns()
    {
        var (user, _) = await host.UserAsync("alice", "user");
        using var master = host.Master();
        var rejected = await SampleHost.SubmitAsync(user, "echo", "a");
        var withdrawn = await SampleHost.SubmitAsync(user, "echo", "b");

        await SampleHost.ReadAsync(await master.PostAsync($"/api/reject/{rejected}?reason=no", null));
        await SampleHost.ReadAsync(await user.PostAsync($"/api/withdraw/{withdrawn}", null));

        var task = await SampleHost.GetAsync(user, $"/api/tasks/{rejected}");
        Assert.Equal("rejected", task.GetProperty("status").GetString());
        Assert.Equal("no", task.GetProperty("rejection_reason").GetString());
        Assert.Equal("withdrawn", (await SampleHost.GetAsync(user, $"/api/tasks/{withdrawn}")).GetProperty("status").GetString());
        Assert.Single((await SampleHost.GetAsync(user, "/api/tasks?status=rejected&limit=1")).EnumerateArray());
    }

    [Fact]
    public async Task Submission_ForSeveralTargets_MakesOneTaskEach()
    {
        using var master = host.Master();
        var node = (await SampleHost.GetAsync(master, "/api/nodes"))[0].GetProperty("hostname").GetString();

        var body = await SampleHost.ReadAsync(await master.PostAsJsonAsync("/api/submit", new
        {
            command = "echo",
            targets = new[] { node, node },
            required_gpus = new[] { Array.Empty<int>(), [] },
            container_name = "python",
            privileged = false,
        }));

        Assert.Equal(2, body.GetProperty("task_ids").EnumerateArray().Select(i => i.GetString()).Distinct().Count());
        Assert.Equal(2, (await SampleHost.GetAsync(master, $"/api/tasks?node={node}")).GetArrayLength());
    }

    public void Dispose() => host.Dispose();
}
