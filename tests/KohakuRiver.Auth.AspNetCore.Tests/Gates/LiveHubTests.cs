using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Hubs with the library's filter, over real sockets and each transport.</summary>
public sealed class LiveHubTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly HostSetup Setup = new()
    {
        OnSockets = true,
        Services = services => services.AddSignalR().AddKohakuHubFilter().AddKohakuHubFilter(),
        Map = app =>
        {
            app.MapHub<PlainHub>("/operators").RequirePermission(Permissions.ApproveTasks);
            app.MapHub<PlainHub>("/vps/{vps_id}").RequireVpsAccess();
            app.MapHub<PlainHub>("/open");
            app.MapHub<FailingHub>("/failing");
        },
    };

    public static TheoryData<HttpTransportType, string> Ends
    {
        get
        {
            var data = new TheoryData<HttpTransportType, string>();
            foreach (
                var transport in new[] { HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling })
            {
                foreach (var how in new[] { "delete", "disable", "demote", "hold", "log out", "unassign", "expire" })
                {
                    data.Add(transport, how);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Ends))]
    [Trait("Requirement", "S7")]
    public async Task Hub_WhoseOpenerIsGone_EndsWithinTheInterval(HttpTransportType transport, string how)
    {
        await using var host = await TestHost.StartAsync(Setup);
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(how == "unassign" ? Role.User : Role.Operator);
        var access = host.Services.GetRequiredService<IVpsAccessService>();
        await access.AssignAsync(Actor.Host, "one", [person.Id], []);
        await using var hub = await HubClient.ConnectAsync(
            host, how == "unassign" ? "/vps/one" : "/operators", transport, person.CookieHeader);
        Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));

        switch (how)
        {
            case "delete":
                await host.DeleteAsync(person);
                break;
            case "disable":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, IsActive = false });
                break;
            case "demote":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.User });
                break;
            case "hold":
                await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, MustChangePassword = true });
                break;
            case "unassign":
                await access.UnassignUserAsync(Actor.Host, "one", person.Id);
                break;
            case "expire":
                host.Clock.Advance(TimeSpan.FromHours(24));
                break;
            default:
                await host.Services.GetRequiredService<IUserCredentialService>().EndSessionsAsync(Actor.Host, person.Id);
                break;
        }

        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await hub.Closed.Task.WaitAsync(Patience, TimeProvider.System);
    }

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Call_ByAnOpenerWhoIsGone_IsNotMadeAndEndsTheConnection(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Operator);
        await using var hub = await HubClient.ConnectAsync(host, "/open", transport, person.CookieHeader);
        Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));
        await host.DeleteAsync(person);

        Assert.False(await hub.RunsAsync(nameof(PlainHub.Work)));

        await hub.Closed.Task.WaitAsync(Patience, TimeProvider.System);
    }

    [Fact]
    public async Task Call_InAnOutage_IsNotMadeAndKeepsTheConnection()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Operator);
        await using var hub = await HubClient.ConnectAsync(host, "/operators", HttpTransportType.WebSockets, person.CookieHeader);

        host.Database.IsDown = true;
        Assert.False(await hub.RunsAsync(nameof(PlainHub.Work)));

        host.Database.IsDown = false;
        Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));
    }

    [Fact]
    public async Task Call_OfAHub_IsActivityAndHoldingItOpenIsNone()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Operator);
        await using var hub = await HubClient.ConnectAsync(host, "/operators", HttpTransportType.WebSockets, person.CookieHeader);
        var opened = host.Clock.GetUtcNow();
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(opened, await LastSeenAsync(host, person));

        Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));

        Assert.Equal(opened.AddHours(2), await LastSeenAsync(host, person));
    }

    [Fact]
    public async Task Hub_OfNobodyAndOneThatFailsToOpen_LeaveNoWatchBehind()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Operator);
        await using (var hub = await HubClient.ConnectAsync(host, "/open", HttpTransportType.WebSockets, null))
        {
            Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));
        }

        await using (var hub = await HubClient.ConnectAsync(host, "/failing", HttpTransportType.WebSockets, person.CookieHeader))
        {
            await hub.Closed.Task.WaitAsync(Patience, TimeProvider.System);
        }

        var watches = host.Services.GetRequiredService<AspNetCore.ActorWatches>();
        await using (var hub = await HubClient.ConnectAsync(host, "/open", HttpTransportType.WebSockets, person.CookieHeader))
        {
            Assert.True(await hub.RunsAsync(nameof(PlainHub.Work)));
            Assert.Equal(1, watches.Count);
        }

        Assert.True(SpinWait.SpinUntil(() => watches.Count == 0, Patience));
    }

    private static async Task<DateTimeOffset?> LastSeenAsync(TestHost host, TestUser person)
    {
        await host.Services.GetRequiredService<ICredentialService>().WriteUsesAsync();
        var own = await host.Services.GetRequiredService<IUserCredentialService>().ListSessionsAsync(Actor.Host, person.Id);
        return Assert.Single(own.Value!.Sessions).LastSeenAt;
    }

    internal sealed class PlainHub : Hub
    {
        public bool Work() => Context.ConnectionId.Length > 0;
    }

    internal sealed class FailingHub : Hub
    {
        public override Task OnConnectedAsync() => throw new InvalidOperationException("Not today.");
    }
}
