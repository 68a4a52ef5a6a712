using System.Net;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Calls;

public sealed class NodeCallTests(Staff staff) : IClassFixture<Staff>
{
    [Theory]
    [InlineData("nobody", HttpStatusCode.Unauthorized)]
    [InlineData("viewer", HttpStatusCode.OK)]
    [InlineData("user", HttpStatusCode.OK)]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("master", HttpStatusCode.OK)]
    public async Task Nodes_ByRole_AreForViewersAndAbove(string who, HttpStatusCode expected) =>
        Assert.Equal(expected, await staff[who].AskAsync(HttpMethod.Get, "/api/nodes"));

    [Fact]
    public async Task Node_WhileATaskRuns_HasFewerCoresAndLessMemory()
    {
        var before = await NodeAsync();
        var answer = await staff["operator"].PostAsync(
            "/api/submit",
            new { command = "sleep", arguments = new[] { "600" }, required_cores = 1, required_memory_bytes = 1024 * 1024 },
            HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]![0]!;
        await staff.WaitAsync(id, "running");

        var during = await NodeAsync();

        Assert.Equal((int)before["total_cores"]!, (int)before["available_cores"]!);
        Assert.Equal((int)before["available_cores"]! - 1, (int)during["available_cores"]!);
        Assert.Equal(1, (int)during["cores_in_use"]!);
        Assert.Equal(Math.Round(100d / (int)during["total_cores"]!, 1), (double)during["cpu_percent"]!);
        Assert.Equal(0, (long)before["memory_used_bytes"]!);
        Assert.Equal(1024 * 1024, (long)during["memory_used_bytes"]!);
        Assert.Equal(0, (double)before["memory_percent"]!);
        Assert.Equal("""[{"gpu_id":0,"name":"A card"}]""", during["gpus"]!.ToJsonString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT.*Z$", (string)during["last_heartbeat"]!);

        await staff["operator"].PostAsync($"/api/kill/{id}");
        await staff.WaitAsync(id, "killed");
        Assert.Equal((int)before["available_cores"]!, (int)(await NodeAsync())["available_cores"]!);
    }

    // The original's page of GPUs writes "undefined MHz" and "NaN W" without these, and takes other numbers below 0 as unknown, too; those
    // it has to find missing, since elsewhere it shows them as they are.
    [Fact]
    public async Task Gpu_WithoutReadings_IsUnknownToTheOriginalsClients()
    {
        var gpu = (await NodeAsync())["gpu_info"]!.AsArray().Single()!.AsObject();

        Assert.Equal((0, "A card"), ((int)gpu["gpu_id"]!, (string?)gpu["name"]));
        foreach (var field in new[] { "graphics_clock_mhz", "mem_clock_mhz", "power_usage_mw", "power_limit_mw" })
        {
            Assert.Equal(-1, (int)gpu[field]!);
        }

        foreach (var field in new[] { "gpu_utilization", "mem_utilization", "temperature", "fan_speed", "memory_total_mib" })
        {
            Assert.False(gpu.ContainsKey(field), field);
        }
    }

    [Fact]
    public void Node_ThatIsSilent_HasNoCoresToGive()
    {
        var now = TimeProvider.System.GetUtcNow();
        var silent = new NodeRow
        {
            Hostname = "n", TotalCores = 8, MemoryTotalBytes = 0, Gpus = [], SeenAt = now - NodeStore.Silence - TimeSpan.FromSeconds(1),
        };

        var body = NodeBody.Of(silent, new Taken(2, 0), now);

        Assert.Equal(("offline", 8, 2, 0), (body.Status, body.TotalCores, body.CoresInUse, body.AvailableCores));
        Assert.Equal(0, body.MemoryPercent);
    }

    private async Task<JsonNode> NodeAsync() => (await staff["viewer"].GetAsync("/api/nodes")).AsArray().Single()!;
}
