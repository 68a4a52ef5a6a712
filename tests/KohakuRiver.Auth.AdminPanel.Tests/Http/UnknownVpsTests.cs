using System.Net;
using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Http;

/// <summary>Assignments of an instance that the host does not have (any more).</summary>
public sealed class UnknownVpsTests : IAsyncLifetime
{
    private PanelHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await PanelHost.StartAsync();
        host.Cluster.Instances.Add(new VpsInfo("gone", "gone"));
        var user = host.Users[Role.User].Id;
        var viewer = host.Users[Role.Viewer].Id;
        (await host.Get<IVpsAccessService>().AssignAsync(Actor.Host, "gone", [user, viewer], [])).Require();
        host.Cluster.Instances.RemoveAll(v => v.VpsId == "gone");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task UnknownVps_InThePanel_IsListedNamedAndRemovable()
    {
        var (user, viewer) = (host.Users[Role.User].Id, host.Users[Role.Viewer].Id);
        using var client = await host.LogInAsync(Role.Operator);
        var list = await client.ReadAsync("/vps");
        Assert.Contains("Unknown to this host <span class=\"count\">1</span>", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin/vps/gone\"", list, StringComparison.Ordinal);
        Assert.Contains("unknown to this host", await client.ReadAsync($"/users/{user}"), StringComparison.Ordinal);
        var page = await client.ReadAsync("/vps/gone");
        Assert.Contains("This host does not have it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("May a person enter?", page, StringComparison.Ordinal);
        using (var self = await host.LogInAsync(Role.User))
        {
            Assert.Contains("unknown to this host", await self.ReadAsync("/account"), StringComparison.Ordinal);
        }

        await RemoveAsync(client, viewer, "/admin/vps/gone");
        await RemoveAsync(client, user, "/admin/vps");

        Assert.DoesNotContain("Unknown to this host", await client.ReadAsync("/vps"), StringComparison.Ordinal);
        using var gone = await client.GetAsync("/vps/gone");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        // Somebody else was faster: no page to go back to is no reason for one that is not found.
        await RemoveAsync(client, user, "/admin/vps");
    }

    [Fact]
    public async Task KnownVps_InThePanel_IsNotCalledUnknown()
    {
        using var client = await host.LogInAsync(Role.Operator);
        Assert.DoesNotContain("nknown to this host", await client.ReadAsync("/vps/vps-1"), StringComparison.Ordinal);
        Assert.Contains("May a person enter?", await client.ReadAsync("/vps/vps-1"), StringComparison.Ordinal);
    }

    private static async Task RemoveAsync(PanelClient client, long user, string back)
    {
        using var answer = await client.PostAsync($"/vps/gone/users/{user}/remove");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(back, answer.Headers.Location!.OriginalString);
    }
}
