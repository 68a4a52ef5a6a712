namespace KohakuRiver.Auth;

/// <summary>
/// Configuration section <c>KohakuAuth:Retention</c>: when dead rows, and content that has served its purpose, are removed.
/// </summary>
public sealed class RetentionOptions
{
    /// <summary>How long audit entries are kept. Default 400 days; zero = for ever.</summary>
    public TimeSpan AuditEntries { get; set; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How long after the decision an approval keeps the task's arguments and details (environment included). What still waits, for a
    /// decision or for the host to take it over, keeps them. Default 90 days; zero = as long as the approval.
    /// </summary>
    public TimeSpan ApprovalContent { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long expired invitations and tokens stay listed, and expired codes stay known. Default 30 days.</summary>
    public TimeSpan ExpiredCredentials { get; set; } = TimeSpan.FromDays(30);
}
