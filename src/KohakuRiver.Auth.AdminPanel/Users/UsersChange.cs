namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What can be done to several users at once.</summary>
internal enum UsersChange
{
    Disable,
    Enable,
    AddToGroup,
    EndSessions,
}
