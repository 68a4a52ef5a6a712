// <snippet:mvc>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Workshop.Controllers;

[ApiController]
[Route("mvc/tasks")]
public sealed class TasksController(KohakuActor actor) : ControllerBase
{
    [HttpGet]
    [Authorize(Policy = PermissionNames.ViewTasks)]
    public string List() => $"Tasks for {actor.Username}";

    [HttpPost("{id}/approval")]
    [RequirePermission(PermissionNames.ApproveTasks)]
    public string Approve(string id) => $"{actor.Username} approved {id}";

    [HttpGet("settings")]
    [RequireKohakuRole(KohakuRole.Admin)]
    public string Settings() => $"Settings for {actor.Username}";
}
// </snippet:mvc>
