namespace KohakuRiver.Auth;

/// <summary>A task as the host describes it to one viewer: what that viewer may not see is null.</summary>
public sealed record TaskInfo
{
    /// <summary>The host's id: 1 to 64 letters, digits, dots, underscores, colons or hyphens.</summary>
    public required string TaskId { get; init; }

    /// <summary>The host's kind of task.</summary>
    public string TaskType { get; init; } = "command";

    /// <summary>The host's word for its state, for instance <c>running</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it can still be stopped.</summary>
    public bool CanBeKilled { get; init; }

    /// <summary>The executable; null when hidden.</summary>
    public string? Command { get; init; }

    /// <summary>Its arguments; null when hidden.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>Its environment; null when hidden.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Cores asked for; 0 = any.</summary>
    public int RequiredCores { get; init; }

    /// <summary>Memory asked for in bytes; null = no demand.</summary>
    public long? RequiredMemoryBytes { get; init; }

    /// <summary>GPU ids asked for.</summary>
    public IReadOnlyList<int> RequiredGpus { get; init; } = [];

    /// <summary>Where it runs or is to run; null = any.</summary>
    public string? Node { get; init; }

    /// <summary>The submitter; null when it has no account (any more).</summary>
    public long? OwnerId { get; init; }

    /// <summary>The submitter's name at the time.</summary>
    public required string Owner { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>UTC; null before it starts.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null before it ends.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Null before it ends.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What it wrote; null when hidden or not asked for.</summary>
    public string? Stdout { get; init; }

    /// <summary>What it wrote as errors; null when hidden or not asked for.</summary>
    public string? Stderr { get; init; }
}
