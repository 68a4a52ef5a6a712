// <snippet:hub>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace Workshop.Hubs;

public sealed class MachineHub(IActorAccessor actors) : Hub
{
    public async Task<string> Who() => (await actors.GetAsync(Context.ConnectionAborted)).Username;

    [Authorize(Policy = PermissionNames.ViewTasks)]
    public string Watch(string machine) => $"Watching {machine}";

    [RequirePermission(PermissionNames.ApproveTasks)]
    public async Task<string> Stop(string machine)
    {
        var actor = await actors.GetAsync(Context.ConnectionAborted);
        return $"{actor.Username} stopped {machine}";
    }
}
// </snippet:hub>
