using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace KohakuRiver.SampleHost.Tests;

public sealed class VpsTests : IDisposable
{
    private readonly SampleHost host = new();

    [Fact]
    public async Task Vps_IsForThoseItIsAssignedTo_AsLongAsItIs()
    {
        var (user, userId) = await host.UserAsync("alice", "user");
        var (operatorClient, _) = await host.UserAsync("olga", "operator");
        Assert.Equal(HttpStatusCode.Forbidden, (await user.PostAsJsonAsync("/api/vps", new { name = "mine" })).StatusCode);
        var made = await operatorClient.PostAsJsonAsync("/api/vps", new { name = "box" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await SampleHost.ReadAsync(made)).GetProperty("vps_id").GetString();
        var command = new { command = "echo", arguments = new[] { "$HOME" } };
        Assert.Empty((await SampleHost.GetAsync(user, "/api/vps")).EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await user.PostAsJsonAsync($"/api/vps/{id}/exec", command)).StatusCode);

        await SampleHost.ReadAsync(await operatorClient.PostAsJsonAsync($"/api/vps/{id}/assign", new[] { userId }));

        var result = await SampleHost.ReadAsync(await user.PostAsJsonAsync($"/api/vps/{id}/exec", command));
        Assert.Equal("$HOME\n", result.GetProperty("stdout").GetString());
        Assert.Equal(0, result.GetProperty("exit_code").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, (await user.PostAsJsonAsync($"/api/vps/{id}/exec", new { command = "sh" })).StatusCode);
        foreach (var path in new[] { "/api/vps", "/api/vps/my" })
        {
            var own = Assert.Single((await SampleHost.GetAsync(user, path)).EnumerateArray());
            Assert.Equal("box", own.GetProperty("name").GetString());
            Assert.Equal(JsonValueKind.Null, own.GetProperty("assignees").ValueKind);
        }

        Assert.Equal(
            "alice",
            (await SampleHost.GetAsync(operatorClient, "/api/vps"))[0].GetProperty("assignees")[0].GetProperty("username").GetString());

        await SampleHost.ReadAsync(await operatorClient.DeleteAsync($"/api/vps/{id}/assign/{userId}"));

        Assert.Equal(HttpStatusCode.NotFound, (await user.PostAsJsonAsync($"/api/vps/{id}/exec", command)).StatusCode);
    }

    [Fact]
    public async Task Vps_Deleted_IsForgotten()
    {
        var (user, userId) = await host.UserAsync("alice", "user");
        using var master = host.Master();
        var id = (await SampleHost.ReadAsync(await master.PostAsJsonAsync("/api/vps", new { name = "box" }))).GetProperty("vps_id")
            .GetString();
        await SampleHost.ReadAsync(await master.PostAsJsonAsync($"/api/vps/{id}/assign", new { user_ids = new[] { userId } }));

        await SampleHost.ReadAsync(await master.DeleteAsync($"/api/vps/{id}"));

        Assert.Empty((await SampleHost.GetAsync(user, "/api/auth/vps")).EnumerateArray());
        Assert.Equal(HttpStatusCode.NotFound, (await master.DeleteAsync($"/api/vps/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await master.PostAsJsonAsync($"/api/vps/{id}/exec", new { command = "echo" })).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await master.PostAsJsonAsync($"/api/vps/{id}/assign", new { user_ids = new[] { userId } })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await master.GetAsync("/api/vps/my")).StatusCode);
    }

    [Fact]
    public async Task Vps_CreatedAndDeleted_IsInTheAuditLog()
    {
        var (_, userId) = await host.UserAsync("alice", "user");
        using var master = host.Master();
        var id = (await SampleHost.ReadAsync(await master.PostAsJsonAsync("/api/vps", new { name = "box" }))).GetProperty("vps_id")
            .GetString();
        await SampleHost.ReadAsync(await master.PostAsJsonAsync($"/api/vps/{id}/assign", new[] { userId }));
        await SampleHost.ReadAsync(await master.DeleteAsync($"/api/vps/{id}"));

        var entries = (await SampleHost.GetAsync(master, "/api/auth/audit?target=" + id)).EnumerateArray().ToList();

        Assert.Equal(
            [("vps.delete", "box"), ("vps.assign", id), ("vps.create", "box")],
            entries.Select(e => (e.GetProperty("action").GetString(), e.GetProperty("target").GetString())));
        Assert.Equal($"users [{userId}], groups []", entries[0].GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("", null, "name")]
    [InlineData("box", "nowhere", "node")]
    public async Task Vps_WithAFault_IsRefusedByField(string name, string? node, string field)
    {
        using var master = host.Master();

        var response = await master.PostAsJsonAsync("/api/vps", new { name, node });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.True(
            JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").TryGetProperty(field, out _));
    }

    public void Dispose() => host.Dispose();
}
