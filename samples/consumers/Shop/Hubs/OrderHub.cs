// <snippet:hub>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.SignalR;

namespace Shop.Hubs;

public sealed class OrderHub(IActorAccessor actors) : Hub
{
    // For everybody who is connected.
    public async Task<string> Who() => (await actors.GetAsync(Context.ConnectionAborted)).Username;

    [RequirePermission(PermissionNames.SubmitTasks)]
    public async Task<string> Order(string what)
    {
        var actor = await actors.GetAsync(Context.ConnectionAborted);
        return $"{actor.Username} ordered {what}";
    }
}
// </snippet:hub>
