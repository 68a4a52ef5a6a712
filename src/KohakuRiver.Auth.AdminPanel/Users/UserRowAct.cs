namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What the menu of a row offers.</summary>
internal enum UserRowAct
{
    Open,
    EndSessions,
    Disable,
    Enable,
    ResetLink,
    Delete,
}
