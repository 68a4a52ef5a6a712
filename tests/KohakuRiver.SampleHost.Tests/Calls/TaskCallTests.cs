using System.Net;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Calls;

public sealed class TaskCallTests(Staff staff) : IClassFixture<Staff>
{
    // What the original's lists and its dialog of a task take from a row.
    private static readonly string[] ReadByClients =
    [
        "task_id", "task_type", "batch_id", "name", "owner_id", "owner_username", "approval_status", "approved_by_id",
        "approved_by_username", "approved_at", "rejection_reason", "command", "arguments", "env_vars", "required_cores", "required_gpus",
        "required_memory_bytes", "target_numa_node_id", "status", "assigned_node", "container_name", "exit_code", "error_message",
        "submitted_at", "started_at", "completed_at",
    ];

    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("other", HttpStatusCode.Forbidden)]
    [InlineData("user", HttpStatusCode.OK)]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("master", HttpStatusCode.OK)]
    public async Task Output_ByRole_IsForItsSubmitterAndThoseWhoApprove(string who, HttpStatusCode expected)
    {
        var id = await staff.TaskAsync("user", "completed", "echo", "hello");

        Assert.Equal(expected, await staff[who].AskAsync(HttpMethod.Get, $"/api/tasks/{id}/stdout"));
        Assert.Equal(expected, await staff[who].AskAsync(HttpMethod.Get, $"/api/tasks/{id}/stderr?lines=1000"));
        var absent = who == "nobody" ? HttpStatusCode.Unauthorized : HttpStatusCode.NotFound;
        Assert.Equal(absent, await staff[who].AskAsync(HttpMethod.Get, "/api/tasks/1/stdout"));
    }

    [Fact]
    public async Task Output_AsText_IsWholeOrItsLastLines()
    {
        var id = await staff.TaskAsync("operator", "completed", "echo", "one\ntwo\nthree");
        var failed = await staff.TaskAsync("operator", "failed", "sleep", "nonsense");

        Assert.Equal(("text/plain", "one\ntwo\nthree\n"), await staff["operator"].ReadTextAsync($"/api/tasks/{id}/stdout"));
        Assert.Equal("two\nthree\n", (await staff["operator"].ReadTextAsync($"/api/tasks/{id}/stdout?lines=2")).Text);
        Assert.Equal("one\ntwo\nthree\n", (await staff["operator"].ReadTextAsync($"/api/tasks/{id}/stdout?lines=3")).Text);
        Assert.Equal("", (await staff["operator"].ReadTextAsync($"/api/tasks/{id}/stderr")).Text);
        Assert.Contains("nonsense", (await staff["operator"].ReadTextAsync($"/api/tasks/{failed}/stderr")).Text, StringComparison.Ordinal);
        foreach (var lines in new[] { "0", "-1", "x", "" })
        {
            await staff["operator"].GetAsync($"/api/tasks/{id}/stdout?lines={lines}", HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("other", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.Forbidden)]
    [InlineData("user", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("master", HttpStatusCode.OK)]
    public async Task Delete_ByRole_IsForItsSubmitterAndAdmins(string who, HttpStatusCode expected)
    {
        var id = await staff.TaskAsync("user", "completed", "echo", "hello");

        Assert.Equal(expected, await staff[who].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));

        var left = expected == HttpStatusCode.OK ? HttpStatusCode.NotFound : HttpStatusCode.OK;
        Assert.Equal(left, await staff["admin"].AskAsync(HttpMethod.Get, $"/api/tasks/{id}"));
        var again = expected == HttpStatusCode.OK ? HttpStatusCode.NotFound : expected;
        Assert.Equal(again, await staff[who].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));
    }

    [Fact]
    public async Task Delete_OfWhatHasNotEnded_IsAConflictUntilItHas()
    {
        var answer = await staff["user"].PostAsync(
            "/api/submit", new { command = "sleep", arguments = new[] { "600" } }, HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]![0]!;
        Assert.Equal(HttpStatusCode.Conflict, await staff["user"].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));
        await staff["operator"].PostAsync($"/api/approve/{id}");
        await staff.WaitAsync(id, "running");
        Assert.Equal(HttpStatusCode.Conflict, await staff["admin"].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));
        await staff["user"].PostAsync($"/api/kill/{id}");
        await staff.WaitAsync(id, "killed");

        Assert.Equal(HttpStatusCode.OK, await staff["user"].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));

        // The decision stays.
        Assert.Contains((await staff["operator"].GetAsync("/api/approvals")).AsArray(), a => (string?)a!["task_id"] == id);
    }

    [Fact]
    public async Task Task_Rejected_CanBeDeletedByItsSubmitter()
    {
        var answer = await staff["user"].PostAsync("/api/submit", new { command = "echo" }, HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]![0]!;
        await staff["operator"].PostAsync($"/api/reject/{id}?reason=no");

        Assert.Equal(HttpStatusCode.OK, await staff["user"].AskAsync(HttpMethod.Delete, $"/api/tasks/{id}"));
    }

    [Fact]
    public async Task Task_Shown_HasWhatTheOriginalsClientsRead()
    {
        var node = Environment.MachineName;
        var answer = await staff["user"].PostAsync(
            "/api/submit",
            new
            {
                command = "echo", arguments = new[] { "hi" }, targets = new[] { node, node }, container_name = "python",
                target_numa_node_id = 1,
            },
            HttpStatusCode.Accepted);
        var ids = answer["task_ids"]!.AsArray().Select(i => (string)i!).ToList();
        var waiting = (await staff["operator"].GetAsync("/api/tasks/pending-approval")).AsArray()
            .Single(t => (string?)t!["task_id"] == ids[1])!;
        Assert.Equal("python", (string?)waiting["details"]!["container_name"]);
        Assert.Equal("1", (string?)waiting["details"]!["target_numa_node_id"]);
        Assert.Null((await staff["user"].GetAsync($"/api/tasks/{ids[1]}"))["approved_at"]);
        await staff["operator"].PostAsync($"/api/approve/{ids[1]}");
        var task = (await staff.WaitAsync(ids[1], "completed")).AsObject();

        Assert.All(ReadByClients, field => Assert.True(task.ContainsKey(field), field));
        Assert.Equal(ids[0], (string?)task["batch_id"]);
        Assert.Equal("operator", (string?)task["approved_by_username"]);
        Assert.Equal(staff.IdOf("operator"), (long)task["approved_by_id"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT.*Z$", (string)task["approved_at"]!);
        Assert.Equal("python", (string?)task["container_name"]);
        Assert.Equal(1, (int)task["target_numa_node_id"]!);
        Assert.Null(task["error_message"]);
        Assert.Null(task["name"]);
        var listed = (await staff["user"].GetAsync("/api/tasks")).AsArray().Single(t => (string?)t!["task_id"] == ids[1])!;
        Assert.True(JsonNode.DeepEquals(task, listed), $"{task}\n{listed}");
        Assert.Null((await staff["viewer"].GetAsync($"/api/tasks/{ids[1]}"))["container_name"]);
        await staff["user"].PostAsync($"/api/withdraw/{ids[0]}");
    }

    [Fact]
    public async Task Task_ThatFailed_SaysWhyToThoseWhoSeeItsOutput()
    {
        var id = await staff.TaskAsync("user", "failed", "sleep", "nonsense");

        Assert.Equal(
            "The command ended with exit code 1.", (string?)(await staff["user"].GetAsync($"/api/tasks/{id}"))["error_message"]);
        Assert.Null((await staff["viewer"].GetAsync($"/api/tasks/{id}"))["error_message"]);
    }

    // A line as the original's dashboard and command line send it.
    [Theory]
    [InlineData("echo hello world", "hello world\n", "echo hello world")]
    [InlineData("echo 'two  words' \"$HOME\" \\* ~", "two  words $HOME * ~\n", """echo 'two  words' '$HOME' '*' '~'""")]
    public async Task WholeLine_AsACommand_IsReadAsItIsRunAndShown(string line, string output, string read)
    {
        var answer = await staff["user"].PostAsync(
            "/api/submit", new { command = line, arguments = Array.Empty<string>() }, HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]![0]!;
        var queued = (await staff["operator"].GetAsync("/api/tasks/pending-approval")).AsArray()
            .Single(t => (string?)t!["task_id"] == id)!;

        Assert.Equal(
            $"Task submitted; approval is pending. The line was read as: {read}. Nothing in it is expanded.", (string?)answer["message"]);
        foreach (var shown in new[] { answer, queued, await staff["user"].GetAsync($"/api/tasks/{id}") })
        {
            Assert.Equal("echo", (string?)shown["command"]);
            Assert.True(JsonNode.DeepEquals(answer["arguments"], shown["arguments"]));
        }

        await staff["operator"].PostAsync($"/api/approve/{id}");
        Assert.Equal(output, (string?)(await staff.WaitAsync(id, "completed"))["stdout"]);
    }

    [Fact]
    public async Task WholeLine_OfAProgramThatIsNotAllowed_IsRefusedLikeTheProgram()
    {
        foreach (var line in new[] { "rm -rf /", "echo hi; id", "date -f /etc/passwd" })
        {
            var answer = await staff["user"].PostAsync("/api/submit", new { command = line }, HttpStatusCode.BadRequest);
            Assert.Equal(line.StartsWith("date", StringComparison.Ordinal) ? "arguments" : "command",
                Assert.Single(answer["errors"]!.AsObject()).Key);
        }
    }

    [Fact]
    public async Task Command_WithArguments_IsNotTakenApart()
    {
        var answer = await staff["operator"].PostAsync(
            "/api/submit", new { command = "echo", arguments = new[] { "a b", "'c'" } }, HttpStatusCode.Accepted);

        Assert.Equal("Task submitted.", (string?)answer["message"]);
        Assert.Equal("""["a b","\u0027c\u0027"]""", answer["arguments"]!.ToJsonString());
        await staff["operator"].PostAsync("/api/submit", new { command = "echo a", arguments = new[] { "b" } }, HttpStatusCode.BadRequest);
    }
}
