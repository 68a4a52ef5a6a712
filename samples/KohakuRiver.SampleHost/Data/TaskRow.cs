namespace KohakuRiver.SampleHost;

/// <summary>A task of this cluster. What was decided about it stands in the user side's approval.</summary>
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

    /// <summary>The node asked for; null = any.</summary>
    public string? TargetNode { get; init; }

    /// <summary>Null for the master secret and switched-off authentication, which have no account.</summary>
    public long? OwnerId { get; init; }

    public required string OwnerUsername { get; init; }

    /// <summary>One of <see cref="TaskStatuses"/>; changed by conditional updates only.</summary>
    public required string Status { get; set; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The node it was given to.</summary>
    public string? AssignedNode { get; set; }

    /// <summary>The process that runs it.</summary>
    public string? Runner { get; set; }

    /// <summary>The runner's last sign of life about this task.</summary>
    public DateTimeOffset? RunnerSeenAt { get; set; }

    /// <summary>Somebody wants it stopped; its runner sees to it.</summary>
    public bool KillRequested { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public int? ExitCode { get; set; }

    public string? Stdout { get; set; }

    public string? Stderr { get; set; }
}
