using KohakuRiver.Auth.Stores;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore.Tests.Gates;

/// <summary>Hubs and their methods, over real sockets and each transport.</summary>
public sealed class HubGateTests
{
    private static readonly HostSetup Setup = new()
    {
        OnSockets = true,
        IsUnchecked = true,
        Services = services => services.AddSignalR(),
        Map = app =>
        {
            app.MapHub<GatedHub>("/open");
            app.MapHub<OperatorsHub>("/operators");
        },
    };

    public static TheoryData<HttpTransportType> Transports =>
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task HubMethod_CalledByEachRole_IsOpenFromItsRoleUp(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        var faults = new List<string>();
        foreach (var role in new Role?[] { null, Role.Viewer, Role.User, Role.Operator, Role.Admin })
        {
            var person = role is { } known ? await host.AddAsync(known) : null;
            foreach (var credential in person is null ? [null] : new (string, string)?[] { person.CookieHeader, person.BearerHeader })
            {
                await using var hub = await HubClient.ConnectAsync(host, "/open", transport, credential);
                foreach (var (method, from) in GatedHub.Methods)
                {
                    var ran = await hub.RunsAsync(method);
                    if (ran != (from is null || role >= from))
                    {
                        faults.Add($"{role} {credential?.Item1}: {method} {(ran ? "ran" : "was refused")}");
                    }
                }
            }
        }

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Hub_OfAClassWithAGate_IsOpenFromItsRoleUp(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        foreach (var role in new Role?[] { null, Role.Viewer, Role.Operator, Role.Admin })
        {
            var credential = role is { } known ? (await host.AddAsync(known)).CookieHeader : ((string, string)?)null;
            if (role >= Role.Operator)
            {
                await using var hub = await HubClient.ConnectAsync(host, "/operators", transport, credential);
                Assert.True(await hub.RunsAsync(nameof(OperatorsHub.Work)));
            }
            else
            {
                await Assert.ThrowsAnyAsync<HttpRequestException>(() => HubClient.ConnectAsync(host, "/operators", transport, credential));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task HubMethod_AfterADemotion_IsDecidedByTheRoleOfNow(HttpTransportType transport)
    {
        await using var host = await TestHost.StartAsync(Setup);
        await host.AddAsync(Role.Admin);
        var person = await host.AddAsync(Role.Admin);
        await using var hub = await HubClient.ConnectAsync(host, "/open", transport, person.CookieHeader);
        Assert.True(await hub.RunsAsync(nameof(GatedHub.Manage)));

        await host.ChangeAsync(new UpdateUserCommand { Id = person.Id, Role = Role.Operator });

        Assert.False(await hub.RunsAsync(nameof(GatedHub.Manage)));
        Assert.True(await hub.RunsAsync(nameof(GatedHub.Approve)));
        await host.DeleteAsync(person);
        Assert.False(await hub.RunsAsync(nameof(GatedHub.Approve)));
    }

    [Fact]
    public async Task HubMethod_RefusedToSomebodyKnown_IsAudited()
    {
        await using var host = await TestHost.StartAsync(Setup);
        var person = await host.AddAsync(Role.Viewer);
        await using var hub = await HubClient.ConnectAsync(host, "/open", HttpTransportType.WebSockets, person.CookieHeader);

        Assert.False(await hub.RunsAsync(nameof(GatedHub.Manage)));

        var entry = Assert.Single(await host.AuditAsync(AuditActions.Denied));
        Assert.Equal((person.Name, "GET /open Manage"), (entry.Actor, entry.Target));
    }

    /// <summary>Open to connect to, with methods that are not.</summary>
    internal sealed class GatedHub : Hub
    {
        internal static IReadOnlyList<(string Method, Role? From)> Methods { get; } =
        [
            (nameof(Open), null), (nameof(Known), Role.Viewer), (nameof(Approve), Role.Operator), (nameof(ApproveByPolicy), Role.Operator),
            (nameof(Manage), Role.Admin), (nameof(AdminOnly), Role.Admin), (nameof(Never), (Role)99),
        ];

        public bool Open() => Context.ConnectionId.Length > 0;

        [RequireKohakuRole(Role.Anony)]
        public bool Known() => Context.ConnectionId.Length > 0;

        [RequirePermission(PermissionNames.ApproveTasks)]
        public bool Approve() => Context.ConnectionId.Length > 0;

        [Authorize(Policy = PermissionNames.ApproveTasks)]
        public bool ApproveByPolicy() => Context.ConnectionId.Length > 0;

        [RequirePermission(PermissionNames.ManageUsers)]
        public bool Manage() => Context.ConnectionId.Length > 0;

        [RequireKohakuRole(Role.Admin)]
        public bool AdminOnly() => Context.ConnectionId.Length > 0;

        [RequirePermission("nobody.registered")]
        public bool Never() => Context.ConnectionId.Length > 0;
    }

    [RequirePermission(PermissionNames.ApproveTasks)]
    internal sealed class OperatorsHub : Hub
    {
        public bool Work() => Context.ConnectionId.Length > 0;
    }
}
