// <snippet:page-model>
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Workshop.Pages;

[RequirePermission(PermissionNames.ApproveTasks)]
public sealed class ApprovalsModel(KohakuActor actor) : PageModel
{
    public string Name => actor.Username;
}
// </snippet:page-model>
