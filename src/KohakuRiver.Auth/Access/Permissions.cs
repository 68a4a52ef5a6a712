namespace KohakuRiver.Auth;

/// <summary>The built-in permissions: the one place where role and ability meet.</summary>
public static class Permissions
{
    /// <summary>See the cluster's nodes.</summary>
    public static Permission ViewNodes { get; } = new(PermissionNames.ViewNodes, Role.Viewer, "View nodes");

    /// <summary>See that tasks exist and how they stand.</summary>
    public static Permission ViewTasks { get; } = new(PermissionNames.ViewTasks, Role.Viewer, "View tasks");

    /// <summary>One's own account: password, display name, tokens, sessions, VPS.</summary>
    public static Permission ManageOwnAccount { get; } = new(PermissionNames.ManageOwnAccount, Role.Viewer, "Manage one's own account");

    /// <summary>Submit tasks; whether they need approval is a setting.</summary>
    public static Permission SubmitTasks { get; } = new(PermissionNames.SubmitTasks, Role.User, "Submit tasks");

    /// <summary>Approve and reject other people's tasks, and see them whole.</summary>
    public static Permission ApproveTasks { get; } = new(PermissionNames.ApproveTasks, Role.Operator, "Approve and reject tasks");

    /// <summary>Create VPS instances and assign them to users and groups.</summary>
    public static Permission ManageVps { get; } =
        new(PermissionNames.ManageVps, Role.Operator, "Create VPS instances and assign them to users and groups");

    /// <summary>List users and groups.</summary>
    public static Permission ListUsers { get; } = new(PermissionNames.ListUsers, Role.Operator, "List users and groups");

    /// <summary>Create invitations; for which roles is a rule of its own.</summary>
    public static Permission CreateInvitations { get; } =
        new(PermissionNames.CreateInvitations, Role.Operator, "Create invitations (operators: for viewers only)");

    /// <summary>Users, groups, other people's tokens and sessions, all invitations.</summary>
    public static Permission ManageUsers { get; } =
        new(PermissionNames.ManageUsers, Role.Admin, "Manage users, groups, others' tokens and sessions, invitations");

    /// <summary>See and change the system settings.</summary>
    public static Permission ManageSettings { get; } = new(PermissionNames.ManageSettings, Role.Admin, "See and change system settings");

    /// <summary>Read and export the audit log.</summary>
    public static Permission ViewAudit { get; } = new(PermissionNames.ViewAudit, Role.Admin, "Read and export the audit log");

    /// <summary>All built-in permissions, lowest role first.</summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        ViewNodes, ViewTasks, ManageOwnAccount,
        SubmitTasks,
        ApproveTasks, ManageVps, ListUsers, CreateInvitations,
        ManageUsers, ManageSettings, ViewAudit,
    ];
}
