using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>What people see of what they may use themselves.</summary>
public sealed class OwnVpsPageTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync() => host = await PanelHost.StartAsync(o => o.Limits.TokensPerUser = 7);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Instances_AssignedInAnyWay_AreShownWithWhyAndHowToReachThem()
    {
        var (groups, access) = (host.Get<IGroupService>(), host.Get<IVpsAccessService>());
        var vision = (await groups.CreateAsync(Actor.Host, new CreateGroupCommand
        {
            Name = "Vision", Limits = new Dictionary<string, long>(StringComparer.Ordinal) { ["max_gpus"] = 4 },
        })).Require().Id;
        var secret = (await groups.CreateAsync(Actor.Host, new CreateGroupCommand { Name = "Secret" })).Require().Id;
        var user = host.Users[Role.User].Id;
        (await groups.AddMemberAsync(Actor.Host, vision, user)).Require();
        (await access.AssignAsync(Actor.Host, "vps-1", [user, host.Users[Role.Viewer].Id], [secret])).Require();
        (await access.AssignAsync(Actor.Host, "vps-2", [], [vision])).Require();
        (await access.AssignAsync(Actor.Host, "vps-3", [], [secret])).Require();
        host.Cluster.Instances[0] = host.Cluster.Instances[0] with
        {
            Owner = "olga", Address = "10.0.0.7", SshCommand = "ssh -p 2201 node-a",
        };
        using var client = await host.LogInAsync(Role.User);

        var html = await client.ReadAsync("/account/vps");

        foreach (var text in (string[])["training", "assigned to you", "ssh -p 2201 node-a", "10.0.0.7", "olga", "notebook"])
        {
            Assert.Contains(text, html, StringComparison.Ordinal);
        }

        Assert.Contains("you are a member of Vision", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/nodes#node-node-a\"", html, StringComparison.Ordinal);
        Assert.Contains("<code>max_gpus</code></dt>", html, StringComparison.Ordinal);

        // Neither another's instance, nor who else may use one's own, nor links that would be refused.
        foreach (var text in (string[])["spare", "Secret", "the-viewer", "href=\"/admin/vps"])
        {
            Assert.DoesNotContain(text, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task NoInstance_SaysWhatToDo()
    {
        using var client = await host.LogInAsync(Role.Viewer);
        var html = await client.ReadAsync("/account/vps");
        Assert.Contains("No VPS is assigned to you.", html, StringComparison.Ordinal);
        Assert.Contains("Ask an operator for access", html, StringComparison.Ordinal);
        Assert.DoesNotContain("My tasks", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TasksAndTokens_OfOnesOwn_AreCountedAndLinked()
    {
        var id = await host.SubmitAsync(Role.User, "python", "train.py");
        await host.SubmitAsync(Role.Operator, "another");
        await host.Get<ITokenService>().CreateAsync(host.ActorOf(Role.User), new CreateTokenCommand { Name = "one" });
        using var client = await host.LogInAsync(Role.User);

        var html = await client.ReadAsync("/account/vps");

        Assert.Contains($"href=\"/admin/tasks/{id}\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/tasks?own=true\"", html, StringComparison.Ordinal);
        Assert.Contains("1 task is waiting for approval.", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/admin/tokens\">1 of 7</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("another", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceTheHostNoLongerHas_IsToldAsThat()
    {
        var user = host.Users[Role.User].Id;
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "vps-1", [user], [])).Require();
        host.Cluster.Instances.RemoveAll(v => v.VpsId == "vps-1");
        using var client = await host.LogInAsync(Role.User);
        Assert.Contains("The host no longer has it.", await client.ReadAsync("/account/vps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_IsToldOfAllInstancesAndLedToThem()
    {
        using var client = await host.LogInAsync(Role.Operator);
        var html = await client.ReadAsync("/account/vps");
        Assert.Contains("Your role lets you use <a href=\"/admin/vps\">all instances</a>.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask an operator", html, StringComparison.Ordinal);
    }
}
