namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Changes to several users in words.</summary>
internal static class UsersChangeText
{
    /// <summary>The question for one user, and for several ones: {0} is their number, {1} the role or group.</summary>
    internal static (string One, string Many) Question(UsersChange change) => change switch
    {
        UsersChange.Enable => ("Enable {0} account?", "Enable {0} accounts?"),
        UsersChange.AddToGroup => ("Add {0} user to {1}?", "Add {0} users to {1}?"),
        UsersChange.SetRole => ("Change the role of {0} user to {1}?", "Change the role of {0} users to {1}?"),
        UsersChange.RemoveFromGroup => ("Remove {0} user from {1}?", "Remove {0} users from {1}?"),
        UsersChange.EndSessions => ("End all sessions of {0} user?", "End all sessions of {0} users?"),
        UsersChange.RevokeTokens => ("Revoke all tokens of {0} user?", "Revoke all tokens of {0} users?"),
        UsersChange.Disable => ("Disable {0} account?", "Disable {0} accounts?"),
        _ => ("Delete {0} user?", "Delete {0} users?"),
    };

    /// <summary>The question with their number and the role or group.</summary>
    internal static string Question(PanelTexts texts, ChangeUsersModel asked)
    {
        var (one, many) = Question(asked.Form.Change);
        return texts.Count(asked.Users.Count, one, many, asked.Group?.Name ?? (asked.Form.Role is { } role ? texts[role.ToName()] : null));
    }

    /// <summary>What happens to them then.</summary>
    internal static string Consequence(UsersChange change) => change switch
    {
        UsersChange.Enable => "They can log in again, and their tokens work again.",
        UsersChange.AddToGroup => "They may use the group's VPS instances from their next request on.",
        UsersChange.SetRole => "It takes effect with their next request, in every session and token.",
        UsersChange.RemoveFromGroup => "Access through the group ends with their next request.",
        UsersChange.EndSessions => "They will have to log in again.",
        UsersChange.RevokeTokens => "The next request that uses one of them will be refused. This cannot be undone.",
        UsersChange.Disable => "Their sessions end, and their tokens stop working until the account is enabled again.",
        _ => "Their passwords, sessions, tokens, memberships, VPS assignments and invitations go with them. "
            + "The tasks they submitted and the audit log are kept, under their names. This cannot be undone.",
    };

    /// <summary>The button.</summary>
    internal static string Verb(UsersChange change) => change switch
    {
        UsersChange.Enable => "Enable",
        UsersChange.AddToGroup => "Add to group",
        UsersChange.SetRole => "Set role",
        UsersChange.RemoveFromGroup => "Remove from group",
        UsersChange.EndSessions => "End sessions",
        UsersChange.RevokeTokens => "Revoke tokens",
        UsersChange.Disable => "Disable",
        _ => "Delete",
    };

    /// <summary>The message when it was done to all of them (<see cref="Flash"/>).</summary>
    internal static string Done(UsersChange change) => change switch
    {
        UsersChange.Enable => "users-enabled",
        UsersChange.AddToGroup => "users-grouped",
        UsersChange.SetRole => "users-given-role",
        UsersChange.RemoveFromGroup => "users-ungrouped",
        UsersChange.EndSessions => "users-ended",
        UsersChange.RevokeTokens => "users-revoked",
        UsersChange.Disable => "users-disabled",
        _ => "users-deleted",
    };
}
