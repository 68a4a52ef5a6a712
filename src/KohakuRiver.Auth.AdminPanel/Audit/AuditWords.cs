namespace KohakuRiver.Auth.AdminPanel;

/// <summary>The actions of the audit log in words. A host's own actions have none and are shown as they are.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [AuditActions.Login] = "Login",
        [AuditActions.Logout] = "Logout",
        [AuditActions.Register] = "Account registered",
        [AuditActions.FirstAdmin] = "First admin created",
        [AuditActions.SetupCodeCreate] = "Setup code created",
        [AuditActions.MasterSecret] = "Master secret rejected",
        [AuditActions.MasterSecretRead] = "Read with the master secret",
        [AuditActions.AuditExport] = "Audit log exported",
        [AuditActions.Throttled] = "Slowed down after too many attempts",
        [AuditActions.CrossSite] = "Request from another site refused",
        [AuditActions.Denied] = "Access denied",
        [AuditActions.PasswordChange] = "Own password changed",
        [AuditActions.PasswordConfirm] = "Own password asked for",
        [AuditActions.PasswordReset] = "Password reset by link",
        [AuditActions.UserCreate] = "User created",
        [AuditActions.UserUpdate] = "User changed",
        [AuditActions.UserDelete] = "User deleted",
        [AuditActions.UserUnlock] = "Password login unlocked",
        [AuditActions.UserSetPassword] = "Password set by an admin",
        [AuditActions.UserResetLink] = "Reset link created",
        [AuditActions.SessionEnd] = "Session ended",
        [AuditActions.SessionEndAll] = "All sessions ended",
        [AuditActions.IdentityCreate] = "Account created for a sign-in from elsewhere",
        [AuditActions.IdentityLink] = "Sign-in linked",
        [AuditActions.IdentityUnlink] = "Sign-in unlinked",
        [AuditActions.TokenCreate] = "Token created",
        [AuditActions.TokenRevoke] = "Token revoked",
        [AuditActions.GroupCreate] = "Group created",
        [AuditActions.GroupUpdate] = "Group changed",
        [AuditActions.GroupDelete] = "Group deleted",
        [AuditActions.GroupMemberAdd] = "Member added",
        [AuditActions.GroupMemberRemove] = "Member removed",
        [AuditActions.InvitationCreate] = "Invitation created",
        [AuditActions.InvitationRevoke] = "Invitation revoked",
        [AuditActions.TaskSubmit] = "Task submitted",
        [AuditActions.TaskApprove] = "Task approved",
        [AuditActions.TaskReject] = "Task rejected",
        [AuditActions.TaskWithdraw] = "Task withdrawn",
        [AuditActions.VpsCreate] = "VPS created",
        [AuditActions.VpsDelete] = "VPS deleted",
        [AuditActions.VpsAssign] = "VPS access given",
        [AuditActions.VpsUnassign] = "VPS access removed",
        [AuditActions.VpsForget] = "All access to a VPS removed",
        [AuditActions.SettingsUpdate] = "Settings changed",
    };

    /// <summary>All of them, action by action, in the order of the words.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> All => Words.OrderBy(w => w.Value, StringComparer.Ordinal);

    /// <summary>How somebody came, in words; null for whoever came with nothing. Tokens have names of their own.</summary>
    internal static string? Credential(PanelTexts texts, string? credential) => credential?.Split(':')[0] switch
    {
        "session" => texts["session"],
        "identity" => texts["linked sign-in"],
        "master_secret" => texts["master secret"],
        "auth_off" => texts["authentication off"],
        "host" => texts["the host itself"],
        _ => credential,
    };

    /// <summary>The English words for an action; null for one that is not the library's.</summary>
    internal static string? Of(string action) => Words.GetValueOrDefault(action);
}
