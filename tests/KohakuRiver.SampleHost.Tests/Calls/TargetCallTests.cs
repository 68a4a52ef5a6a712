using System.Net;
using System.Text.Json.Nodes;

namespace KohakuRiver.SampleHost.Tests.Calls;

/// <summary>Targets as people of the original write them: <c>host[:NUMA node][::GPU ids]</c>.</summary>
public sealed class TargetCallTests(Staff staff) : IClassFixture<Staff>
{
    private static readonly string Here = Environment.MachineName;

    [Theory]
    [InlineData("", null, "[]", null, null)]
    [InlineData(":0", null, "[]", 0, null)]
    [InlineData(":12", 12, "[]", 12, null)]
    [InlineData("", 3, "[]", 3, null)]
    [InlineData("::0", null, "[0]", null, null)]
    [InlineData("::", null, "[]", null, null)]
    [InlineData(":1::0", null, "[0]", 1, "[0]")]
    [InlineData(":1", null, "[0]", 1, "[0]")]
    [InlineData(":1::", null, "[0]", 1, "[0]")]
    public async Task Target_InEveryForm_IsWhatItMeans(string rest, int? numa, string gpus, int? shownNuma, string? sentGpus)
    {
        var answer = await staff["user"].PostAsync(
            "/api/submit",
            new
            {
                command = "echo", targets = new[] { Here + rest }, target_numa_node_id = numa,
                required_gpus = sentGpus is null ? null : new[] { JsonNode.Parse(sentGpus) },
            },
            HttpStatusCode.Accepted);
        var id = (string)answer["task_ids"]!.AsArray().Single()!;
        var task = await staff["user"].GetAsync($"/api/tasks/{id}");
        var waiting = (await staff["operator"].GetAsync("/api/tasks/pending-approval")).AsArray()
            .Single(t => (string?)t!["task_id"] == id)!;

        Assert.Equal(Here, (string?)task["assigned_node"]);
        Assert.Equal(shownNuma, (int?)task["target_numa_node_id"]);
        Assert.Equal(gpus, task["required_gpus"]!.ToJsonString());
        Assert.Equal(Here, (string?)waiting["target_node"]);
        Assert.Equal(gpus, waiting["required_gpus"]!.ToJsonString());
        Assert.Equal(shownNuma?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (string?)waiting["details"]!["target_numa_node_id"]);
        await staff["user"].PostAsync($"/api/withdraw/{id}");
    }

    [Fact]
    public async Task Targets_OfOneSubmission_HaveTheirOwnNumaNodeAndGpus()
    {
        var answer = await staff["user"].PostAsync(
            "/api/submit",
            new { command = "echo", targets = new[] { Here + ":0", Here + ":1::0", Here }, target_numa_node_id = (int?)null },
            HttpStatusCode.Accepted);

        var seen = new List<(int?, string)>();
        foreach (var id in answer["task_ids"]!.AsArray().Select(i => (string)i!))
        {
            var task = await staff["user"].GetAsync($"/api/tasks/{id}");
            seen.Add(((int?)task["target_numa_node_id"], task["required_gpus"]!.ToJsonString()));
            await staff["user"].PostAsync($"/api/withdraw/{id}");
        }

        Assert.Equal([(0, "[]"), (1, "[0]"), (null, "[]")], seen);
    }

    [Theory]
    [InlineData(":", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":x", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":-1", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":+1", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":1025", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":99999999999", null, null, "targets: Number 1 is not of the form")]
    [InlineData(":0:0", null, null, "targets: Number 1 is not of the form")]
    [InlineData("::a", null, null, "targets: Number 1 is not of the form")]
    [InlineData("::-1", null, null, "targets: Number 1 is not of the form")]
    [InlineData("::1", null, null, "required_gpus: GPU ids go from 0 to 0")]
    [InlineData("::0,0", null, null, "required_gpus: GPU ids go from 0 to 0")]
    [InlineData("x:0", null, null, "targets: Only these nodes are known")]
    [InlineData(":0", 1, null, "target_numa_node_id: A target names another NUMA node.")]
    [InlineData("::0", null, "[[7]]", "required_gpus: A target names other GPUs.")]
    [InlineData("", null, "[[0],[0]]", "required_gpus: Pass one list of GPU ids for each target.")]
    [InlineData("", -1, null, "target_numa_node_id: Must be from 0 to 1024.")]
    public async Task Target_ThatCannotBeMeant_IsRefusedByField(string rest, int? numa, string? gpus, string detail)
    {
        var answer = await staff["user"].PostAsync(
            "/api/submit",
            new
            {
                command = "echo", targets = new[] { Here + rest }, target_numa_node_id = numa,
                required_gpus = gpus is null ? null : JsonNode.Parse(gpus),
            },
            HttpStatusCode.BadRequest);

        Assert.StartsWith(detail, (string?)answer["detail"], StringComparison.Ordinal);
        Assert.Equal(detail.Split(':')[0], Assert.Single(answer["errors"]!.AsObject()).Key);
    }

    [Fact]
    public async Task Target_WithoutAName_IsRefused()
    {
        foreach (var target in new[] { null, "", ":0", "::0" })
        {
            var answer = await staff["user"].PostAsync(
                "/api/submit", new { command = "echo", targets = new[] { target } }, HttpStatusCode.BadRequest);
            Assert.Equal("targets", Assert.Single(answer["errors"]!.AsObject()).Key);
        }
    }
}
