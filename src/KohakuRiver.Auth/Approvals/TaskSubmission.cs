namespace KohakuRiver.Auth;

/// <summary>What an approver sees of a task: the host's own task id and what it will do and need.</summary>
public sealed record TaskSubmission
{
    /// <summary>The host's id of the task: opaque, unique, 1 to 64 characters. It is the idempotency key of the delivery.</summary>
    public required string TaskId { get; init; }

    /// <summary>The host's kind of task, for instance <c>command</c>.</summary>
    public string TaskType { get; init; } = "command";

    /// <summary>
    /// The executable or script. It is kept as long as the approval's row, and the audit log names it: what is confidential belongs
    /// in <see cref="Arguments"/> or <see cref="Details"/>, which are removed in time, or is named by <see cref="SecretDetails"/>.
    /// </summary>
    public required string Command { get; init; }

    /// <summary>
    /// Its arguments, one by one, never joined. Empty also where they were removed: <see cref="Approval.ContentRemoved"/>.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Cores asked for; 0 = any.</summary>
    public int RequiredCores { get; init; }

    /// <summary>Memory asked for in bytes; null = no demand.</summary>
    public long? RequiredMemoryBytes { get; init; }

    /// <summary>GPU ids asked for on the target node; empty = none.</summary>
    public IReadOnlyList<int> RequiredGpus { get; init; } = [];

    /// <summary>The node asked for; null = any.</summary>
    public string? TargetNode { get; init; }

    /// <summary>
    /// Whatever else the host wants an approver to see, by name: environment variables, an image. Empty also where they were removed:
    /// <see cref="Approval.ContentRemoved"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Names, of <see cref="Details"/> or in addition to them, whose values are never stored: an approver sees the name and that there is a
    /// value. A value passed in <see cref="Details"/> under such a name is dropped when the task is submitted, before anything is written
    /// or logged. An approved task is handed over later, from what is stored, so the host keeps these values itself, by the task id; the
    /// library cannot give them back.
    /// </summary>
    public IReadOnlyList<string> SecretDetails { get; init; } = [];
}
