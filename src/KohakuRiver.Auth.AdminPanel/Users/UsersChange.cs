namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What can be done to several users at once; what harms comes last.</summary>
internal enum UsersChange
{
    Enable,
    AddToGroup,
    SetRole,
    RemoveFromGroup,
    EndSessions,
    RevokeTokens,
    Disable,
    Delete,
}
