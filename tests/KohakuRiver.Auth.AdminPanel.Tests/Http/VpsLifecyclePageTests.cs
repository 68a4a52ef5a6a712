using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Creating and deleting instances in the panel, as an operator does it.</summary>
public sealed class VpsLifecyclePageTests : IAsyncLifetime
{
    private PanelHost host = null!;
    private PanelClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        client = await host.LogInAsync(Role.Operator);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return host.DisposeAsync();
    }

    [Fact]
    public async Task Created_LeadsToItsPageWhereAccessIsGiven()
    {
        Assert.Contains("href=\"/admin/vps/~new\"", await client.ReadAsync("/vps"), StringComparison.Ordinal);

        using var answer = await client.PostAsync(
            "/vps/~new", ("name", "box"), ("node", "node-a"), ("cores", "2"), ("memory_mib", "512"), ("ssh_key", ""));

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/vps/made-1"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal([new VpsRequest { Name = "box", Node = "node-a", Cores = 2, MemoryBytes = 512L << 20 }], host.Cluster.Requests);
        var page = await client.ReadAsync("/vps/made-1");
        Assert.Contains("VPS created.", page, StringComparison.Ordinal);
        Assert.Contains("May a person enter?", page, StringComparison.Ordinal);
        Assert.Contains("owner: the-operator", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SentTwice_MakesOne()
    {
        var form = PageForm.Read(await client.ReadAsync("/vps/~new"), "/vps/~new", host.Home);
        form.Set("name", "box");
        using var first = await client.PostWithAsync(form.Token, form.Action, form.Fields);
        using var second = await client.PostWithAsync(form.Token, form.Action, form.Fields);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Single(host.Cluster.Requests);
    }

    [Fact]
    public async Task FullNode_IsToldAtItsFieldAndTheRestIsKept()
    {
        using var answer = await client.PostAsync("/vps/~new", ("name", "box"), ("node", "node-b"));
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Matches("id=\"f-node-error\"[^>]*>[^<]*(<[^>]*>)*[^<]*node-b is full", html);
        Assert.Equal(["box"], PageForm.Read(html, "/vps/~new", host.Home).Values("name"));
    }

    [Fact]
    public async Task HostDown_Is503AndKeepsWhatWasTypedAndWhoHasAccess()
    {
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [host.Users[Role.User].Id], [])).Require();
        host.Cluster.VpsFault = new TimeoutException();

        using var create = await client.PostAsync("/vps/~new", ("name", "box"), ("node", "node-a"));
        using var delete = await client.PostAsync("/vps/vps-1/delete", ("name", "training"));
        using var page = await client.GetAsync("/vps/~new");

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable),
            (create.StatusCode, delete.StatusCode, page.StatusCode));
        var again = PageForm.Read(await create.Content.ReadAsStringAsync(), "/vps/~new", host.Home);
        Assert.Equal(("box", "node-a"), (again.Values("name").Single(), again.Values("node").Single()));
        Assert.Contains("did not say how this ended", await delete.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(host.Cluster.Requests);
        Assert.Single((await host.Get<IVpsAccessService>().ListAsync(Actor.Host, "vps-1")).Require().Assignments);
    }

    [Theory]
    [InlineData("training")]
    [InlineData(" vps-1 ")]
    public async Task Delete_AsksForTheNameAndSaysWhatGoesWithIt(string typed)
    {
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [host.Users[Role.User].Id], [])).Require();
        Assert.Contains("href=\"/admin/vps/vps-1/delete\"", await client.ReadAsync("/vps/vps-1"), StringComparison.Ordinal);
        var page = await client.ReadAsync("/vps/vps-1/delete");
        Assert.Contains("1 assignment:", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/admin/users/{host.Users[Role.User].Id}\"", page, StringComparison.Ordinal);

        foreach (var other in (string[])["", "Training", "vps-2"])
        {
            using var wrong = await client.PostAsync("/vps/vps-1/delete", ("name", other));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        Assert.Contains(host.Cluster.Instances, v => v.VpsId == "vps-1");

        using var answer = await client.PostAsync("/vps/vps-1/delete", ("name", typed));

        Assert.Equal((HttpStatusCode.SeeOther, "/admin/vps"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var list = await client.ReadAsync("/vps");
        Assert.Contains("VPS deleted, with all access to it.", list, StringComparison.Ordinal);
        Assert.DoesNotContain("vps-1", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Unknown to this host", list, StringComparison.Ordinal);
        using var gone = await client.GetAsync("/vps/vps-1/delete");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Delete_OfWhatTheHostHasNoMore_RemovesItsAssignments()
    {
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [host.Users[Role.User].Id], [])).Require();
        host.Cluster.Instances.RemoveAll(v => v.VpsId == "vps-1");
        Assert.Contains("Deleting it removes all of them at once.", await client.ReadAsync("/vps/vps-1"), StringComparison.Ordinal);
        Assert.DoesNotContain("the instance with everything in it", await client.ReadAsync("/vps/vps-1/delete"), StringComparison.Ordinal);

        using var answer = await client.PostAsync("/vps/vps-1/delete", ("name", "vps-1"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.DoesNotContain("Unknown to this host", await client.ReadAsync("/vps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostThatDoesNotOfferIt_ShowsNothingOfIt()
    {
        await using var plain = await PanelHost.StartAsync(
            withCluster: false,
            services: s => s.AddSingleton<FakeCluster>().AddScoped<IVpsDirectory>(sp => sp.GetRequiredService<FakeCluster>()));
        using var op = await plain.LogInAsync(Role.Operator);
        foreach (var path in (string[])["/vps", "/vps/vps-1"])
        {
            var html = await op.ReadAsync(path);
            Assert.DoesNotContain("/vps/~new", html, StringComparison.Ordinal);
            Assert.DoesNotContain("/delete\"", html, StringComparison.Ordinal);
        }

        using var page = await op.GetAsync("/vps/vps-1/delete");
        using var create = await op.PostAsync("/vps/~new", ("name", "box"));
        using var delete = await op.PostAsync("/vps/vps-1/delete", ("name", "training"));
        Assert.All([page, create, delete], a => Assert.Equal(HttpStatusCode.NotFound, a.StatusCode));
    }

    /// <summary>An id is the host's: none of the panel's own addresses may stand in its way.</summary>
    [Theory]
    [InlineData("new")]
    [InlineData("find")]
    [InlineData("delete")]
    public async Task Instance_NamedLikeAPage_HasItsOwnPage(string id)
    {
        await using var own = await PanelHost.StartAsync();
        own.Cluster.Instances.Add(new VpsInfo(id, "named like a page", "node-a", "running"));
        using var op = await own.LogInAsync(Role.Operator);
        Assert.Contains($"href=\"/admin/vps/{id}\"", await op.ReadAsync("/vps"), StringComparison.Ordinal);
        Assert.Contains("May a person enter?", await op.ReadAsync("/vps/" + id), StringComparison.Ordinal);
        Assert.Contains("named like a page", await op.ReadAsync($"/vps/{id}/delete"), StringComparison.Ordinal);
        Assert.NotNull(FieldRules.HostId(VpsEndpoints.New.Split('/')[^1]));
        Assert.NotNull(FieldRules.HostId(VpsEndpoints.Find.Split('/')[^1]));
    }

    [Fact]
    public async Task Task_NamedLikeAPage_HasItsOwnPage()
    {
        await using var own = await PanelHost.StartAsync();
        var task = new TaskSubmission { TaskId = "new", Command = "python", Arguments = ["fit.py"] };
        (await own.Get<IApprovalService>().SubmitAsync(own.ActorOf(Role.User), task)).Require();
        using var op = await own.LogInAsync(Role.Operator);
        Assert.Contains("fit.py", await op.ReadAsync("/tasks/new"), StringComparison.Ordinal);
        Assert.NotNull(FieldRules.HostId(TaskEndpoints.New.Split('/')[^1]));
    }
}
