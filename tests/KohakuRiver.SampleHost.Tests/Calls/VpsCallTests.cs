using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Calls;

public sealed class VpsCallTests(Staff staff) : IClassFixture<Staff>
{
    // What the original's table and its page of instances take from a row.
    private static readonly string[] ReadByClients =
    [
        "task_id", "name", "status", "assigned_node", "owner_username", "assignees", "required_cores", "required_gpus",
        "required_memory_bytes", "target_numa_node_id", "container_name", "ssh_port", "error_message", "submitted_at", "started_at",
    ];

    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized, 0)]
    [InlineData("viewer", HttpStatusCode.OK, 0)]
    [InlineData("user", HttpStatusCode.OK, 1)]
    [InlineData("operator", HttpStatusCode.OK, 2)]
    [InlineData("admin", HttpStatusCode.OK, 2)]
    [InlineData("master", HttpStatusCode.OK, 2)]
    public async Task ActiveInstances_ByRole_AreThoseTheyMayUse(string who, HttpStatusCode expected, int most)
    {
        var given = await CreateAsync("given");
        var other = await CreateAsync("other");
        await staff["operator"].PostAsync($"/api/vps/{given}/assign", new[] { staff.IdOf("user") });

        var answer = await staff[who].GetAsync("/api/vps/status", expected);

        var seen = answer is JsonArray rows ? rows.Select(r => (string)r!["task_id"]!).ToList() : [];
        Assert.Equal(most, seen.Count(id => id == given || id == other));
        Assert.Equal(most > 0, seen.Contains(given));
    }

    [Theory]
    [InlineData("/api/vps")]
    [InlineData("/api/vps/status")]
    public async Task Row_OfAnInstance_HasWhatTheOriginalsClientsRead(string path)
    {
        var id = await CreateAsync("box");
        await staff["operator"].PostAsync($"/api/vps/{id}/assign", new[] { staff.IdOf("user") });

        var row = (await staff["admin"].GetAsync(path)).AsArray().Single(r => (string?)r!["vps_id"] == id)!.AsObject();

        Assert.All(ReadByClients, field => Assert.True(row.ContainsKey(field), field));
        Assert.Equal(JsonValueKind.String, row["task_id"]!.GetValueKind());
        Assert.Equal(id, (string?)row["task_id"]);
        Assert.Equal("operator", (string?)row["owner_username"]);
        Assert.Equal((string?)row["node"], (string?)row["assigned_node"]);
        Assert.Equal(Environment.MachineName, (string?)row["assigned_node"]);
        Assert.Equal("running", (string?)row["status"]);
        Assert.Equal("user", (string?)row["assignees"]![0]!["username"]);
        Assert.Equal(0, (int)row["required_cores"]!);
        Assert.Empty(row["required_gpus"]!.AsArray());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT.*Z$", (string)row["submitted_at"]!);
    }

    // Instances are tasks to the original's clients, which ask for one where they ask for a task.
    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("viewer", HttpStatusCode.NotFound)]
    [InlineData("other", HttpStatusCode.NotFound)]
    [InlineData("user", HttpStatusCode.OK)]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("master", HttpStatusCode.OK)]
    public async Task Instance_ByItsIdAmongTasks_IsForWhoMayUseIt(string who, HttpStatusCode expected)
    {
        var id = await CreateAsync("box");
        await staff["operator"].PostAsync($"/api/vps/{id}/assign", new[] { staff.IdOf("user") });

        var answer = await staff[who].GetAsync($"/api/status/{id}", expected);

        Assert.Equal(expected == HttpStatusCode.OK ? id : null, (string?)answer["task_id"]);
        Assert.Equal(expected == HttpStatusCode.OK ? "running" : $"{(int)expected}", answer["status"]!.ToString());
        if (expected == HttpStatusCode.NotFound)
        {
            var absent = await staff[who].GetAsync("/api/status/1", expected);
            Assert.Equal((string?)absent["detail"], (string?)answer["detail"]);
        }
    }

    // What the original has there is not here; 405 would say that another method works.
    [Theory]
    [InlineData("GET", "/api/vps/vm-instances")]
    [InlineData("POST", "/api/vps/create")]
    [InlineData("DELETE", "/api/vps/create")]
    [InlineData("POST", "/api/vps/stop/1")]
    [InlineData("POST", "/api/vps/restart/1")]
    [InlineData("GET", "/api/vps/nothing/here")]
    [InlineData("DELETE", "/api/vps/-1")]
    [InlineData("DELETE", "/api/vps/007")]
    public async Task UnknownPath_BelowVps_Is404(string method, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, await staff["admin"].AskAsync(new HttpMethod(method), path));

    private async Task<string> CreateAsync(string name) =>
        (string)(await staff["operator"].PostAsync("/api/vps", new { name }, HttpStatusCode.Created))["vps_id"]!;
}
