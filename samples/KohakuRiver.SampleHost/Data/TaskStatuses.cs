namespace KohakuRiver.SampleHost;

/// <summary>The states of a task, by the names KohakuRiver's clients know.</summary>
internal static class TaskStatuses
{
    public const string PendingApproval = "pending_approval";
    public const string Rejected = "rejected";
    public const string Withdrawn = "withdrawn";
    public const string Pending = "pending";
    public const string Running = "running";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Killed = "killed";
    public const string Lost = "lost";

    /// <summary>All names that may be asked for; this host never gives some of the original's.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        PendingApproval, Rejected, Withdrawn, Pending, "assigning", Running, "paused", Completed, Failed, Killed, "killed_oom", Lost, "stopped",
    ];
}
