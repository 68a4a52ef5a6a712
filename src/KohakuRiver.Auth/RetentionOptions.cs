namespace KohakuRiver.Auth;

/// <summary>Configuration section <c>KohakuAuth:Retention</c>: when dead rows are removed.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long audit entries are kept. Default 400 days; zero = for ever.</summary>
    public TimeSpan AuditEntries { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long expired invitations and tokens stay listed, and expired codes stay known. Default 30 days.</summary>
    public TimeSpan ExpiredCredentials { get; set; } = TimeSpan.FromDays(30);
}
