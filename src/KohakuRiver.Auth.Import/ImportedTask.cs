namespace KohakuRiver.Auth.Import;

/// <summary>
/// A task of the old host that has ended. Its output is in files of that host, and its environment may hold secrets: neither is imported.
/// </summary>
public sealed record ImportedTask
{
    /// <summary>Its id, positive; clients know it as a decimal string.</summary>
    public required long Id { get; init; }

    /// <summary>The id of the first task of its submission; null when unknown.</summary>
    public long? BatchId { get; init; }

    /// <summary>The program or the whole line, as submitted.</summary>
    public required string Command { get; init; }

    /// <summary>The arguments; empty where <see cref="Command"/> is a whole line.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>
    /// How it ended, by the old host's name: <c>completed</c>, <c>failed</c>, <c>killed</c>, <c>killed_oom</c>, <c>lost</c>,
    /// <c>stopped</c> or <c>rejected</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>The account it belongs to; null when that was not imported, is gone, or cannot be told any more.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The owner's name here, or else in the old database; null when unknown.</summary>
    public string? OwnerUsername { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it was started, UTC; null when it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, UTC; null when unknown.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The exit code; null when there was none.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it did not complete; null when unknown.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The node it ran on; null when it never ran.</summary>
    public string? Node { get; init; }

    /// <summary>The number of cores it asked for.</summary>
    public required int RequiredCores { get; init; }

    /// <summary>The memory it asked for; null = no limit.</summary>
    public long? RequiredMemoryBytes { get; init; }
}
