namespace KohakuRiver.Auth;

/// <summary>The actions in the audit log. Hosts add dotted names of their own.</summary>
public static class AuditActions
{
    /// <summary>A password login, successful or not.</summary>
    public const string Login = "auth.login";

    /// <summary>A logout.</summary>
    public const string Logout = "auth.logout";

    /// <summary>An account created with a code or by open registration.</summary>
    public const string Register = "auth.register";

    /// <summary>The first admin, created with the register secret or the setup code.</summary>
    public const string FirstAdmin = "auth.first_admin";

    /// <summary>A setup code was created at start.</summary>
    public const string SetupCodeCreate = "auth.setup_code.create";

    /// <summary>A wrong master secret.</summary>
    public const string MasterSecret = "auth.master_secret";

    /// <summary>Something was read with the master secret; at most one entry per minute for the same read from the same address.</summary>
    public const string MasterSecretRead = "auth.master_secret.read";

    /// <summary>The audit log was exported.</summary>
    public const string AuditExport = "audit.export";

    /// <summary>An attempt beyond a rate limit.</summary>
    public const string Throttled = "auth.throttled";

    /// <summary>A request refused because it came from another site.</summary>
    public const string CrossSite = "auth.cross_site";

    /// <summary>An authenticated actor was refused by the rules.</summary>
    public const string Denied = "auth.denied";

    /// <summary>A user changed their own password.</summary>
    public const string PasswordChange = "auth.password.change";

    /// <summary>A wrong password when a user was asked to confirm a critical action.</summary>
    public const string PasswordConfirm = "auth.password.confirm";

    /// <summary>A password reset by link.</summary>
    public const string PasswordReset = "auth.password.reset";

    /// <summary>A user created by an admin.</summary>
    public const string UserCreate = "user.create";

    /// <summary>A user changed.</summary>
    public const string UserUpdate = "user.update";

    /// <summary>A user deleted.</summary>
    public const string UserDelete = "user.delete";

    /// <summary>A user unlocked.</summary>
    public const string UserUnlock = "user.unlock";

    /// <summary>A password set by an admin.</summary>
    public const string UserSetPassword = "user.set_password";

    /// <summary>A reset link created by an admin.</summary>
    public const string UserResetLink = "user.reset_link";

    /// <summary>One session ended.</summary>
    public const string SessionEnd = "session.end";

    /// <summary>All sessions of a user ended.</summary>
    public const string SessionEndAll = "session.end_all";

    /// <summary>An account created for somebody who signs in elsewhere.</summary>
    public const string IdentityCreate = "identity.create";

    /// <summary>A sign-in of another authority linked to an account.</summary>
    public const string IdentityLink = "identity.link";

    /// <summary>A sign-in of another authority unlinked.</summary>
    public const string IdentityUnlink = "identity.unlink";

    /// <summary>A token created.</summary>
    public const string TokenCreate = "token.create";

    /// <summary>A token revoked.</summary>
    public const string TokenRevoke = "token.revoke";

    /// <summary>A group created.</summary>
    public const string GroupCreate = "group.create";

    /// <summary>A group changed.</summary>
    public const string GroupUpdate = "group.update";

    /// <summary>A group deleted.</summary>
    public const string GroupDelete = "group.delete";

    /// <summary>A member added to a group.</summary>
    public const string GroupMemberAdd = "group.member.add";

    /// <summary>A member removed from a group.</summary>
    public const string GroupMemberRemove = "group.member.remove";

    /// <summary>An invitation created.</summary>
    public const string InvitationCreate = "invitation.create";

    /// <summary>An invitation revoked.</summary>
    public const string InvitationRevoke = "invitation.revoke";

    /// <summary>A task submitted.</summary>
    public const string TaskSubmit = "task.submit";

    /// <summary>A task approved.</summary>
    public const string TaskApprove = "task.approve";

    /// <summary>A task rejected.</summary>
    public const string TaskReject = "task.reject";

    /// <summary>A task withdrawn.</summary>
    public const string TaskWithdraw = "task.withdraw";

    /// <summary>A VPS created through the host's <see cref="IVpsLifecycle"/>.</summary>
    public const string VpsCreate = "vps.create";

    /// <summary>A VPS deleted through the host's <see cref="IVpsLifecycle"/>, with its assignments.</summary>
    public const string VpsDelete = "vps.delete";

    /// <summary>A VPS assigned.</summary>
    public const string VpsAssign = "vps.assign";

    /// <summary>A VPS assignment removed.</summary>
    public const string VpsUnassign = "vps.unassign";

    /// <summary>All assignments of a VPS removed because it is gone.</summary>
    public const string VpsForget = "vps.forget";

    /// <summary>Settings changed.</summary>
    public const string SettingsUpdate = "settings.update";
}
