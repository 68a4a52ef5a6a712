namespace KohakuRiver.SampleHost;

/// <summary>A machine that runs tasks.</summary>
internal sealed class NodeRow
{
    public required string Hostname { get; init; }

    public required int TotalCores { get; set; }

    public required long MemoryTotalBytes { get; set; }

    /// <summary>The names of its GPUs; a GPU's id is its index here.</summary>
    public required string[] Gpus { get; set; }

    /// <summary>Its last heartbeat.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}

/// <summary>A task of this cluster. The decision about it is in the user side's approval.</summary>
internal sealed class TaskRow
{
    public required long Id { get; init; }

    public required string TaskType { get; init; }

    public required string Command { get; init; }

    public required string[] Arguments { get; init; }

    public required Dictionary<string, string> EnvVars { get; init; }

    public required int RequiredCores { get; init; }

    public long? RequiredMemoryBytes { get; init; }

    public required int[] RequiredGpus { get; init; }

    /// <summary>The node requested; null = any.</summary>
    public string? TargetNode { get; init; }

    /// <summary>The NUMA node and the container named in the submission: shown, but this host has neither.</summary>
    public int? TargetNumaNodeId { get; init; }

    public string? ContainerName { get; init; }

    /// <summary>The id of the first task of its submission; null in rows older than this column.</summary>
    public long? BatchId { get; init; }

    /// <summary>Null for the master secret and disabled authentication, which have no account.</summary>
    public long? OwnerId { get; init; }

    public required string OwnerUsername { get; init; }

    /// <summary>One of <see cref="TaskStatuses"/>; changed by conditional updates only.</summary>
    public required string Status { get; set; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The node it was assigned to.</summary>
    public string? AssignedNode { get; set; }

    /// <summary>The process that runs it.</summary>
    public string? Runner { get; set; }

    /// <summary>The runner's last heartbeat for this task.</summary>
    public DateTimeOffset? RunnerSeenAt { get; set; }

    /// <summary>A kill was requested; its runner carries it out.</summary>
    public bool KillRequested { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public int? ExitCode { get; set; }

    /// <summary>Why it did not complete, in one sentence; null also where somebody ended it on purpose.</summary>
    public string? ErrorMessage { get; set; }

    public string? Stdout { get; set; }

    public string? Stderr { get; set; }
}

/// <summary>The states of a task, by the names known to KohakuRiver's clients.</summary>
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

    // Only imported tasks ended like this.
    public const string KilledOom = "killed_oom";
    public const string Stopped = "stopped";

    /// <summary>All names that may be requested; this host never uses some of the original's.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        PendingApproval, Rejected, Withdrawn, Pending, "assigning", Running, "paused", Completed, Failed, Killed, KilledOom, Lost, Stopped,
    ];

    /// <summary>Whether a task in this state is over for good.</summary>
    public static bool IsEnd(string status) =>
        status is Rejected or Withdrawn or Completed or Failed or Killed or Lost or KilledOom or Stopped;
}

/// <summary>A VPS instance. The sample has no containers: it is a name under which commands may run.</summary>
internal sealed class VpsRow
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Node { get; init; }

    public required string Status { get; init; }

    public required string OwnerUsername { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
