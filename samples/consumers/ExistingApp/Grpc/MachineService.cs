// <snippet:grpc>
using Grpc.Core;
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authorization;

namespace Workshop.Grpc;

[Authorize(Policy = PermissionNames.ViewTasks)]
public sealed class MachineService(KohakuActor actor) : Machines.MachinesBase
{
    public override Task<Answer> List(Question request, ServerCallContext context) =>
        Task.FromResult(new Answer { Text = $"Machines for {actor.Username}" });

    [RequirePermission(PermissionNames.ApproveTasks)]
    public override Task<Answer> Stop(Question request, ServerCallContext context) =>
        Task.FromResult(new Answer { Text = $"{actor.Username} stopped {request.Machine}" });
}
// </snippet:grpc>
