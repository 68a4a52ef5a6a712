namespace KohakuRiver.Auth.Model;

/// <summary>What an approver sees of a task: the host's own task id and what it will do and need.</summary>
public sealed record TaskSubmission
{
    /// <summary>The host's id of the task: opaque, unique, 1 to 64 characters. It is the idempotency key of the delivery.</summary>
    public required string TaskId { get; init; }

    /// <summary>The host's kind of task, for instance <c>command</c>.</summary>
    public string TaskType { get; init; } = "command";

    /// <summary>The executable or script.</summary>
    public required string Command { get; init; }

    /// <summary>Its arguments, one by one, never joined.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Cores asked for; 0 = any.</summary>
    public int RequiredCores { get; init; }

    /// <summary>Memory asked for in bytes; null = no demand.</summary>
    public long? RequiredMemoryBytes { get; init; }

    /// <summary>GPU ids asked for on the target node; empty = none.</summary>
    public IReadOnlyList<int> RequiredGpus { get; init; } = [];

    /// <summary>The node asked for; null = any.</summary>
    public string? TargetNode { get; init; }

    /// <summary>Whatever else the host wants an approver to see, by name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);
}
