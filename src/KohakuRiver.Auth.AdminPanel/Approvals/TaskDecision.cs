namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What an approver does with a task.</summary>
internal enum TaskDecision
{
    Approve,
    Reject,
}
