namespace KohakuRiver.Auth;

/// <summary>
/// The names of the built-in permissions, where a constant is needed: <c>[RequirePermission(PermissionNames.ViewTasks)]</c>.
/// </summary>
public static class PermissionNames
{
    /// <summary>The name of <see cref="Permissions.ViewNodes"/>.</summary>
    public const string ViewNodes = "nodes.view";

    /// <summary>The name of <see cref="Permissions.ViewTasks"/>.</summary>
    public const string ViewTasks = "tasks.view";

    /// <summary>The name of <see cref="Permissions.ManageOwnAccount"/>.</summary>
    public const string ManageOwnAccount = "account.manage";

    /// <summary>The name of <see cref="Permissions.SubmitTasks"/>.</summary>
    public const string SubmitTasks = "tasks.submit";

    /// <summary>The name of <see cref="Permissions.ApproveTasks"/>.</summary>
    public const string ApproveTasks = "tasks.approve";

    /// <summary>The name of <see cref="Permissions.ManageVps"/>.</summary>
    public const string ManageVps = "vps.manage";

    /// <summary>The name of <see cref="Permissions.ListUsers"/>.</summary>
    public const string ListUsers = "users.list";

    /// <summary>The name of <see cref="Permissions.CreateInvitations"/>.</summary>
    public const string CreateInvitations = "invitations.create";

    /// <summary>The name of <see cref="Permissions.ManageUsers"/>.</summary>
    public const string ManageUsers = "users.manage";

    /// <summary>The name of <see cref="Permissions.ManageSettings"/>.</summary>
    public const string ManageSettings = "settings.manage";

    /// <summary>The name of <see cref="Permissions.ViewAudit"/>.</summary>
    public const string ViewAudit = "audit.view";
}
