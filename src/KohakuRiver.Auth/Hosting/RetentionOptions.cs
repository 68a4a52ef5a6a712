namespace KohakuRiver.Auth;

/// <summary>
/// Configuration section <c>KohakuAuth:Retention</c>: when expired rows, and content that is no longer needed, are removed.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>How long audit entries are kept. Default 400 days, at least 1 h; zero = forever.</summary>
    public TimeSpan AuditEntries { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How long after the decision an approval keeps the task's arguments and details (environment included). Approvals that still wait,
    /// for a decision or for the host to accept the decision, keep them. Default 90 days, at least 1 h; zero = as long as the approval.
    /// </summary>
    public TimeSpan ApprovalContent { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long expired invitations and tokens stay listed, and expired codes are recognized. Default 30 days.</summary>
    public TimeSpan ExpiredCredentials { get; set; } = TimeSpan.FromDays(30);
}
