using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Calls;

/// <summary>Who may use which VPS.</summary>
public sealed class VpsCallTests
{
    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Assignments_InBothForms_AnswerAsTheContractSays(StoreKind store)
    {
        await using var host = await TestHost.StartApiAsync(store);
        var boss = (await host.AddAsync(Role.Operator)).Session;
        var mary = await host.AddAsync(Role.User);
        var jane = await host.AddAsync(Role.Viewer);
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        (await host.Master.PutAsync($"/api/auth/groups/{group}/members/{jane.Id}")).Expect(200);

        var byList = (await boss.PostAsync("/api/vps/vps-1/assign", new[] { mary.Id })).Expect(200);
        Shape.Check(byList.Json, "message:s task_id:s assigned_users:a assigned_groups:a");
        Assert.Equal("vps-1", byList["task_id"].GetString());
        Assert.Equal($"[{mary.Id}]", byList["assigned_users"].GetRawText());
        var byObject = (await boss.PostAsync("/api/vps/vps-1/assign", new { group_ids = new[] { group } })).Expect(200);
        Assert.Equal("[]", byObject["assigned_users"].GetRawText());
        Assert.Equal($"[{group}]", byObject["assigned_groups"].GetRawText());
        (await boss.PostAsync("/api/vps/vps-2/assign", new { user_ids = new[] { mary.Id, mary.Id }, group_ids = Array.Empty<long>() }))
            .Expect(200);

        var list = (await boss.GetAsync("/api/vps/vps-1/assignments")).Expect(200);
        Shape.Check(list.Json, "task_id:s known:b assignments:a groups:a");
        Shape.Check(Assert.Single(list["assignments"].EnumerateArray()), "user_id:i username:s display_name:s assigned_at:t");
        Shape.Check(Assert.Single(list["groups"].EnumerateArray()), "group_id:i name:s assigned_at:t");
        Assert.Equal("""["vps-1","vps-2"]""", (await mary.Session.GetAsync("/api/auth/vps")).Expect(200).Text);
        Assert.Equal("""["vps-1"]""", (await jane.Bearer.GetAsync("/api/auth/vps")).Expect(200).Text);

        Shape.Check((await boss.DeleteAsync($"/api/vps/vps-1/assign/{mary.Id}")).Expect(200).Json, "message:s");
        (await boss.DeleteAsync($"/api/vps/vps-1/assign/{mary.Id}")).ExpectProblem(404);
        (await boss.DeleteAsync($"/api/vps/vps-1/assign/{jane.Id}")).ExpectProblem(404);
        Shape.Check((await boss.DeleteAsync($"/api/vps/vps-1/assign/groups/{group}")).Expect(200).Json, "message:s");
        (await boss.DeleteAsync($"/api/vps/vps-1/assign/groups/{group}")).ExpectProblem(404);
        Assert.Equal("[]", (await jane.Session.GetAsync("/api/auth/vps")).Text);
        Assert.Equal("""["vps-2"]""", (await mary.Session.GetAsync("/api/auth/vps")).Text);
    }

    [Fact]
    public async Task Assign_WithAnyUnknownIdOrNone_AssignsNothing()
    {
        await using var host = await TestHost.StartApiAsync();
        var mary = await host.AddAsync(Role.User);
        (await host.Master.PostAsync("/api/vps/vps-1/assign", new[] { mary.Id, 999 })).ExpectProblem(404);
        (await host.Master.PostAsync("/api/vps/vps-1/assign", new { user_ids = new[] { mary.Id }, group_ids = new[] { 999 } }))
            .ExpectProblem(404);
        (await host.Master.PostAsync("/api/vps/vps-1/assign", "[]")).ExpectProblem(400, "user_ids");
        (await host.Master.PostAsync("/api/vps/vps-1/assign", "{}")).ExpectProblem(400, "user_ids");
        (await host.Master.PostAsync("/api/vps/vps-1/assign")).ExpectProblem(400);
        foreach (var id in new[] { "0", "-1", "1.5", "\"1\"", "null", "[1]", "true", "9007199254740992", "1e400" })
        {
            (await host.Master.PostAsync("/api/vps/vps-1/assign", $"[{mary.Id},{id}]")).ExpectProblem(400);
        }

        Assert.Equal("[]", (await mary.Session.GetAsync("/api/auth/vps")).Text);
    }

    [Fact]
    public async Task Assignments_OfAnInstanceTheDirectoryDoesNotKnow_CanBeSeenAndRemovedOnly()
    {
        var directory = new SomeVps();
        await using var host = await TestHost.StartApiAsync(
            new HostSetup { Auth = a => a.Services.AddSingleton<IVpsDirectory>(directory) });
        var mary = await host.AddAsync(Role.User);
        var boss = (await host.AddAsync(Role.Operator)).Bearer;
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        directory.Ids.Add("gone");
        (await boss.PostAsync("/api/vps/gone/assign", new { user_ids = new[] { mary.Id }, group_ids = new[] { group } })).Expect(200);
        (await boss.PostAsync("/api/vps/vps-1/assign", new[] { mary.Id })).Expect(200);
        Assert.True((await boss.GetAsync("/api/vps/gone/assignments")).Expect(200)["known"].GetBoolean());
        Assert.Equal("[]", (await boss.GetAsync("/api/auth/vps/unknown")).Expect(200).Text);

        directory.Ids.Remove("gone");

        var unknown = Assert.Single((await boss.GetAsync("/api/auth/vps/unknown")).Expect(200).Json.EnumerateArray());
        Shape.Check(unknown, "task_id:s known:b assignments:a groups:a");
        Assert.Equal("gone", unknown.GetProperty("task_id").GetString());
        Assert.False(unknown.GetProperty("known").GetBoolean());
        Assert.Equal(mary.Id, unknown.GetProperty("assignments")[0].GetProperty("user_id").GetInt64());
        Assert.Equal(unknown.GetRawText(), (await boss.GetAsync("/api/vps/gone/assignments")).Expect(200).Text);
        (await boss.PostAsync("/api/vps/gone/assign", new[] { mary.Id })).ExpectProblem(404);
        (await boss.DeleteAsync($"/api/vps/gone/assign/{mary.Id}")).Expect(200);
        (await boss.DeleteAsync($"/api/vps/gone/assign/{mary.Id}")).ExpectProblem(404);
        (await boss.DeleteAsync($"/api/vps/gone/assign/groups/{group}")).Expect(200);
        (await boss.GetAsync("/api/vps/gone/assignments")).ExpectProblem(404);
        Assert.Equal("[]", (await boss.GetAsync("/api/auth/vps/unknown")).Text);
        Assert.Equal("""["vps-1"]""", (await mary.Session.GetAsync("/api/auth/vps")).Text);
    }

    [Fact]
    public async Task EveryCall_OnAnInstanceNobodyKnows_Is404()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup { Auth = a => a.AddVpsDirectory<OneVps>() });
        var mary = await host.AddAsync(Role.User);
        (await host.Master.PostAsync("/api/vps/vps-2/assign", new[] { mary.Id })).ExpectProblem(404);
        (await host.Master.GetAsync("/api/vps/vps-2/assignments")).ExpectProblem(404);
        (await host.Master.DeleteAsync($"/api/vps/vps-2/assign/{mary.Id}")).ExpectProblem(404);
        (await host.Master.PostAsync("/api/vps/vps-1/assign", new[] { mary.Id })).Expect(200);
    }

    [Fact]
    [Trait("Requirement", "V8.4.1"), Trait("Requirement", "V8.3.2")]
    public async Task Access_ThroughAGroup_EndsOnTheNextRequestAfterTheMembership()
    {
        await using var host = await TestHost.StartApiAsync(new HostSetup
        {
            Map = app => app.MapGet("/use/{vps_id}", () => "ok").RequireVpsAccess(),
        });
        var mary = await host.AddAsync(Role.Viewer);
        var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
        (await host.Master.PostAsync("/api/vps/vps-1/assign", new { group_ids = new[] { group } })).Expect(200);
        (await mary.Session.GetAsync("/use/vps-1")).ExpectProblem(404);
        (await host.Master.PutAsync($"/api/auth/groups/{group}/members/{mary.Id}")).Expect(200);
        (await mary.Session.GetAsync("/use/vps-1")).Expect(200);
        (await mary.Bearer.GetAsync("/use/vps-1")).Expect(200);
        (await host.Master.DeleteAsync($"/api/auth/groups/{group}/members/{mary.Id}")).Expect(200);
        (await mary.Session.GetAsync("/use/vps-1")).ExpectProblem(404);
        (await mary.Bearer.GetAsync("/use/vps-1")).ExpectProblem(404);
    }

    private sealed class SomeVps : IVpsDirectory
    {
        public HashSet<string> Ids { get; } = ["vps-1"];

        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VpsInfo>>([.. Ids.Select(id => new VpsInfo(id, id))]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult(Ids.Contains(vpsId) ? new VpsInfo(vpsId, vpsId) : null);
    }

    private sealed class OneVps : IVpsDirectory
    {
        private static readonly VpsInfo Only = new("vps-1", "one");

        public Task<IReadOnlyList<VpsInfo>> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<VpsInfo>>([Only]);

        public Task<VpsInfo?> FindAsync(string vpsId, CancellationToken cancellationToken) =>
            Task.FromResult(vpsId == "vps-1" ? Only : null);
    }
}
