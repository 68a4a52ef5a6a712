using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Rules;

/// <summary>The built-in permissions: the one place where role and ability meet.</summary>
public static class Permissions
{
    /// <summary>See the cluster's nodes.</summary>
    public static Permission ViewNodes { get; } = new("nodes.view", Role.Viewer, "View nodes");

    /// <summary>See that tasks exist and how they stand.</summary>
    public static Permission ViewTasks { get; } = new("tasks.view", Role.Viewer, "View tasks");

    /// <summary>One's own account: password, display name, tokens, sessions, VPS.</summary>
    public static Permission ManageOwnAccount { get; } = new("account.manage", Role.Viewer, "Manage one's own account");

    /// <summary>Submit tasks; whether they need approval is a setting.</summary>
    public static Permission SubmitTasks { get; } = new("tasks.submit", Role.User, "Submit tasks");

    /// <summary>Approve and reject other people's tasks, and see them whole.</summary>
    public static Permission ApproveTasks { get; } = new("tasks.approve", Role.Operator, "Approve and reject tasks");

    /// <summary>Create VPS instances and assign them to users and groups.</summary>
    public static Permission ManageVps { get; } = new("vps.manage", Role.Operator, "Create VPS instances and assign them to users and groups");

    /// <summary>List users and groups.</summary>
    public static Permission ListUsers { get; } = new("users.list", Role.Operator, "List users and groups");

    /// <summary>Create invitations; for which roles is a rule of its own.</summary>
    public static Permission CreateInvitations { get; } = new("invitations.create", Role.Operator, "Create invitations (operators: for viewers only)");

    /// <summary>Users, groups, other people's tokens and sessions, all invitations.</summary>
    public static Permission ManageUsers { get; } = new("users.manage", Role.Admin, "Manage users, groups, others' tokens and sessions, invitations");

    /// <summary>See and change the system settings.</summary>
    public static Permission ManageSettings { get; } = new("settings.manage", Role.Admin, "See and change system settings");

    /// <summary>Read and export the audit log.</summary>
    public static Permission ViewAudit { get; } = new("audit.view", Role.Admin, "Read and export the audit log");

    /// <summary>All built-in permissions, lowest role first.</summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        ViewNodes, ViewTasks, ManageOwnAccount,
        SubmitTasks,
        ApproveTasks, ManageVps, ListUsers, CreateInvitations,
        ManageUsers, ManageSettings, ViewAudit,
    ];
}
