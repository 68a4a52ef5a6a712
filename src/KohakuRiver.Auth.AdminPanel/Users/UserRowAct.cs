namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What the menu of a row offers.</summary>
internal enum UserRowAct
{
    EndSessions,
    Disable,
    Enable,
    ResetLink,
    Delete,
}
